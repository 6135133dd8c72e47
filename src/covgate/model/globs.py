"""Paths that globs name."""

import re
from collections.abc import Iterable
from functools import lru_cache

from wcmatch import glob


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs names the path; one without `**` also stands for all below it."""
    return any(pattern.fullmatch(path) for pattern in _patterns(tuple(globs)))


@lru_cache(maxsize=256)
def _patterns(globs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    below = (f"{one.rstrip('/')}/**" for one in globs if "**" not in one)
    include, _ = glob.translate([*globs, *below], flags=glob.GLOBSTAR | glob.DOTGLOB | glob.FORCEUNIX)
    return tuple(re.compile(pattern) for pattern in include)
