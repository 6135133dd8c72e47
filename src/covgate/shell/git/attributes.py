"""What `.gitattributes` of a commit says that files are: generated, or somebody else's."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from covgate.shell.git.process import Git

_WORDS = {b"linguist-generated": "generated", b"linguist-vendored": "vendored"}
_SET = (b"set", b"true")


def read_attributes(git: Git, sha: str, paths: Iterable[str]) -> Mapping[str, str]:
    """Files that a commit's own `.gitattributes` mark, by path: "generated" or "vendored".

    Shape:  paths need not be the commit's own. What is on disk is not asked: it may be the change's.
    Errors: ComparisonError where git fails.
    """
    names = [os.fsencode(path) for path in paths]
    if not names:
        return {}
    with tempfile.TemporaryDirectory(prefix="covgate-") as scratch:
        index = Path(scratch) / "index"
        git.ask("read-tree", sha, index=index)
        asked = ("check-attr", "--cached", "--stdin", "-z", *(name.decode() for name in _WORDS))
        answer = git.ask("-c", "core.attributesFile=/dev/null", *asked, stdin=b"\0".join(names), index=index)
    return dict(_marked(answer))


def _marked(answer: bytes) -> Iterator[tuple[str, str]]:
    """Pairs out of triples of path, attribute and value; what is generated and vendored is generated."""
    parts = iter(answer.split(b"\0"))
    triples = iter(lambda: tuple(islice(parts, 3)), (b"",))
    for path, attribute, value in sorted(triples, reverse=True):
        if value in _SET:
            yield os.fsdecode(path), _WORDS[attribute]
