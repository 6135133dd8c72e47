"""What a module offers to others."""

import ast
import re
from functools import lru_cache

from covgate.model.sources import Sources

_ALL = re.compile(rb"^__all__\s*(?::[^=\n]+)?=\s*([\[(][^\])]*[\])])", re.MULTILINE)


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
    found = _ALL.search(content) if b"__all__" in content else None
    if not found:
        return None
    try:
        return frozenset(name for name in ast.literal_eval(found[1].decode()) if isinstance(name, str))
    except (SyntaxError, ValueError, TypeError):
        return None
