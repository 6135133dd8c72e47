"""Files that stay off the list of what to test next, and why."""

import re
from collections.abc import Mapping

from covgate.model.gap import in_tests
from covgate.model.globs import matches
from covgate.model.sources import Sources

GENERATED = re.compile(r"(?:.*/)?(?:[^/]*_pb2(?:_grpc)?|_version|migrations/[0-9][^/]*)\.py")
"""What protobuf's compiler, setuptools-scm and Django's `makemigrations` write."""
VENDORED = frozenset({"_vendor", "vendor", "_vendored", "vendored", "third_party", "site-packages", "node_modules"})
"""Folders that hold other people's code by common agreement."""


_TESTING = re.compile(rb"^(?:from|import)[ \t]+(?:unittest|pytest|django\.test|rest_framework\.test)\b", re.MULTILINE)


def why_aside(path: str, marked: Mapping[str, str], omit: tuple[str, ...], sources: Sources) -> str:
    """Why nobody should be sent to test a file; "" where somebody should.

    Shape:  `marked` as `.gitattributes` has it, `omit` are globs.
    """
    if _is_test(path, sources):
        return "it is a test"
    if path in marked:
        return f"`.gitattributes` marks it as {marked[path]}"
    if GENERATED.fullmatch(path):
        return "it looks generated"
    if not VENDORED.isdisjoint(path.split("/")[:-1]):
        return "it looks vendored"
    return "`gaps.omit` names it" if omit and matches(path, omit) else ""


def _is_test(path: str, sources: Sources) -> bool:
    """Whether a file is a test; one called `tests.py` or `test.py` is where it imports what tests import."""
    if in_tests(path) or path.startswith("test/"):
        return True
    return path.endswith(("/tests.py", "/test.py")) and bool(_TESTING.search(sources.content(path)))
