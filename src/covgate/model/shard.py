"""A shard: one of several runs that are the suite together."""

import re
from dataclasses import dataclass

from covgate.model.snapshot import Origin
from covgate.model.suite import SuiteResult

SHARD_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}", re.ASCII)
"""What a shard may be called: it becomes a part of the names of files and of artifacts."""


def shard_files(name: str) -> tuple[str, ...]:
    """Names of the files that a shard leaves: its coverage and its results; none for no shard."""
    return (f"coverage.{name}.data", f"results.{name}.json") if name else ()


@dataclass(frozen=True, slots=True)
class Shard:
    """What one of these runs found out; its coverage is in a data file of coverage.py's, kept beside this.

    Shape:  `sha` is the commit that was measured, `dirty` where there were edits on top of it; `origin` who measured
            (its exclusions are left empty); `data_sha256` the data file's SHA-256; `files` are the (path, SHA-256) of
            the sources that were measured, sorted, with "" for one that was rewritten while the suite ran; `covgate` is
            covgate's version.
    """

    name: str
    sha: str
    suite: SuiteResult
    origin: Origin
    data_sha256: str
    files: tuple[tuple[str, str], ...] = ()
    dirty: bool = False
    covgate: str = ""

    @property
    def data_name(self) -> str:
        """What the file with its coverage is called. A hidden name would be left out by actions/upload-artifact."""
        return shard_files(self.name)[0]

    @property
    def results_name(self) -> str:
        """What the file that this is written to is called."""
        return shard_files(self.name)[1]


@dataclass(frozen=True, slots=True)
class GivenShard:
    """A shard as it was found by a later run.

    Shape:  `where` names its file; `found_sha256` is the SHA-256 of the data file beside it, "" where there is none.
    """

    where: str
    shard: Shard
    found_sha256: str
