"""What the history and the calendar say of this run's thresholds: told in the report, judged by nobody."""

import datetime as dt
from dataclasses import dataclass, replace

from covgate.judge import Facts, Thresholds, coming_steps, raised_floors
from covgate.model.report import Report
from covgate.ports import Repository
from covgate.settings import raising_patch
from covgate.steps.preparing import BaseSettings


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The settings file whose thresholds hold: its path in the repository, and its text, "" where there is none."""

    name: str
    text: str


def settings_file(base: BaseSettings, config: str, repository: Repository) -> SettingsFile:
    """The base's settings file, else the head's; asked for before any suite runs."""
    if base.settings:
        return SettingsFile(config, base.text)
    content = repository.read_head(config) or b""
    return SettingsFile(config, content.decode("utf-8-sig", "replace"))


def with_outlook(report: Report, thresholds: Thresholds, today: dt.date, file: SettingsFile) -> Report:
    """The report with the steps that begin soon, and the floors that could be raised.

    Shape:  what the change itself moves is not proposed to it.
    """
    facts = Facts(report.comparison, report.suite, today)
    moved = {change.key for change in report.policy.changes}
    proposals = tuple(one for one in raised_floors(thresholds, facts, report.history) if one.key not in moved)
    patch = raising_patch(file.text, proposals, file.name) if proposals else ""
    return replace(report, proposals=proposals, coming=coming_steps(thresholds, facts), patch=patch)
