"""A ratio in the shape of report.json."""

import sys

from covgate.model.ratio import Ratio, floored

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # what pydantic can read; comes with it


class RatioJson(TypedDict):
    """So many covered of so many."""

    covered: int
    total: int
    percent: str | None


def ratio(value: Ratio) -> RatioJson:
    """A ratio with its floored percentage."""
    percent = None if value.percent is None else floored(value.percent)
    return {"covered": value.covered, "total": value.total, "percent": percent}
