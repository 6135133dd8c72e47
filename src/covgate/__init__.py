"""covgate: a coverage gate for Python teams."""

__version__ = "0.1.0"
