"""What a module offers to others."""

import ast
import re
from functools import lru_cache

from covgate.model.sources import Sources

_START = re.compile(rb"^__all__[ \t]*(?::[^=\n]*)?=[ \t]*([\[(])", re.MULTILINE)
_CLOSING = {b"[": b"]", b"(": b")"}
_MOST_BYTES = 100_000


def exported(function: str, path: str, sources: Sources) -> bool:
    """Whether others may call a function: `__all__` names what leads to it, or nothing that leads to it is private."""
    first, *rest = function.split(".")
    if any(_is_private(name) for name in rest):
        return False
    named = _named(sources.content(path))
    if named is not None:
        return first in named
    return not _is_private(first) and not _is_private(path.rpartition("/")[2].removesuffix(".py"))


def _is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


@lru_cache(maxsize=4)
def _named(content: bytes) -> frozenset[str] | None:
    """The names in `__all__`; None where there is none that can be read without running it."""
    found = _START.search(content) if b"__all__" in content else None
    if not found:
        return None
    end = content.find(_CLOSING[found[1]], found.end())
    if not 0 <= end - found.end() <= _MOST_BYTES:
        return None
    try:
        names = ast.literal_eval(content[found.start(1) : end + 1].decode())
        return frozenset(name for name in names if isinstance(name, str))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
