"""A check run: the verdict as the forge shows it beside a commit, with remarks on its lines."""

from dataclasses import dataclass
from typing import Literal

CheckConclusion = Literal["success", "failure", "neutral"]


@dataclass(frozen=True, slots=True)
class LineRemark:
    """A remark beside lines of a file.

    Units:  lines are 1-based, in the head, the last included.
    """

    path: str
    first: int
    last: int
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What a check run says.

    Shape:  `summary` is Markdown within the forge's limit; "neutral" neither blocks nor praises: nothing was measured,
            or the gate failed where that shall not fail the run.
    """

    name: str
    conclusion: CheckConclusion
    title: str
    summary: str
    remarks: tuple[LineRemark, ...] = ()
