"""The repository's Python files, read before the suite runs: what is said of them later is said of these."""

from collections.abc import Iterator

from covgate.model.sources import Sources
from covgate.ports import Repository

LARGEST_FILE = 1_000_000
LARGEST_SUM = 200_000_000


def read_sources(repository: Repository) -> Sources:
    """All Python files of the tree on disk.

    Shape:  a file larger than LARGEST_FILE, and all after LARGEST_SUM together, are there without their content.
    """
    return Sources(dict(_contents(repository)))


def _contents(repository: Repository) -> Iterator[tuple[str, bytes | None]]:
    left = LARGEST_SUM
    for path in repository.python_files():
        content = repository.read_head(path) if left > 0 else None
        if content is not None and len(content) > min(LARGEST_FILE, left):
            content = None
        left -= len(content or b"")
        yield path, content
