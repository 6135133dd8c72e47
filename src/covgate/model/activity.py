"""What the history of the repository says of its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class FileActivity:
    """How often one file changed, without merges, through renames.

    Shape:  `commits_90` and `commits_365` count commits of the last so many days before the head; `authors` those who
            wrote them in the last 365; `last` is the day of the newest commit in that year.
    """

    commits_90: int = 0
    commits_365: int = 0
    authors: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """All files' activity by path; a file that is absent did not change.

    Shape:  `unknown` says why there is none to speak of (a shallow clone), "" where there is; `until` is the day of the
            head's commit, from which days are counted back.
    """

    files: Mapping[str, FileActivity] = field(default_factory=dict)
    unknown: str = ""
    until: date | None = None
