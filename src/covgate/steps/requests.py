"""What a run was asked for, and what came of it."""

import datetime as dt
from dataclasses import dataclass

from covgate.model.place import Place
from covgate.model.policy import PolicyChange
from covgate.model.report import Report
from covgate.ports import Posted


@dataclass(frozen=True, slots=True)
class Request:
    """What this run was asked for, beside the settings.

    Shape:  `data` are reports made earlier, empty where the suite is to be run; `config` is the settings file's path in
            the repository; `base` a revision or ""; `publish` False keeps the report at home; `shard` names the
            part of the suite that this run is, "" where it is the whole; `moved` are settings of the head that this
            run does not follow, because a change must not decide about itself.
    """

    place: Place
    today: dt.date
    base: str = ""
    data: tuple[str, ...] = ()
    config: str = ".covgate.yml"
    publish: bool = True
    shard: str = ""
    moved: tuple[PolicyChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The finished run: the report, what became of the comment, and the exit code."""

    report: Report
    posted: Posted
    exit_code: int
