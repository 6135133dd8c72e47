"""How a push ended, from what Git and the server said."""

import re
from dataclasses import dataclass
from typing import Literal

from covgate.shell.git.process import Answer

_DENIED = re.compile(
    r"denied to |write access to repository not granted|returned error: 40[13]|permission denied|"
    r"authentication failed|could not read (username|password)|not authorized|insufficient permission",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"GH006|GH013|protected branch|rule violations|hook declined|denyNonFastForwards", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Push:
    """What became of a push.

    Shape:  `lost` to somebody who was faster, or failed in a way that another attempt may mend; `denied` for want of
            permission; `forbidden` by a rule of the repository. `words` are Git's or the server's own.
    """

    state: Literal["done", "lost", "failed", "denied", "forbidden"]
    words: str = ""


def push_of(answer: Answer) -> Push:
    """How this call of `git push --porcelain` ended."""
    if answer.ok:
        return Push("done")
    told = (answer.out + b"\n" + answer.err).decode("utf-8", "replace")
    rejected = re.search(r"^!\t.*?\t(.*)$", told, re.MULTILINE)
    words = rejected[1] if rejected else answer.complaint
    if _DENIED.search(told):
        return Push("denied", _line_of(_DENIED, told) or words)
    if _FORBIDDEN.search(told):
        return Push("forbidden", _line_of(_FORBIDDEN, answer.err.decode("utf-8", "replace")) or words)
    return Push("lost" if rejected else "failed", words)


def _line_of(pattern: re.Pattern[str], told: str) -> str:
    """The first line that the pattern is found in, as the server wrote it; "" where there is none."""
    line = next((line for line in told.splitlines() if pattern.search(line)), "")
    line = re.sub(r"^(?:remote: |fatal: |error: |!\t\S+\t)+", "", line).strip()
    return re.sub(r"://[^/@\s]+@", "://", line).removesuffix(".")
