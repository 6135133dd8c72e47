"""Floors under the project that hold on a day, and those that will: of `total` and of `schedule`."""

from datetime import date
from fractions import Fraction

from covgate.judge.answers import MEASURED_IN, Measure
from covgate.judge.thresholds import Thresholds

MEASURES: tuple[Measure, ...] = tuple(MEASURED_IN)


def written_floor(thresholds: Thresholds, measure: Measure) -> Fraction | None:
    """What `total` asks for by this measure; None where it asks for nothing."""
    options = thresholds.of(f"total.{measure}")
    return None if options is None else getattr(options, measure)


def steps_of(thresholds: Thresholds, measure: Measure) -> tuple[tuple[date, Fraction], ...]:
    """The steps of `schedule` by this measure, by their days."""
    steps = thresholds.of(f"schedule.{measure}") or ()
    return tuple(sorted((step.since, getattr(step, measure)) for step in steps if getattr(step, measure) is not None))


def floor_in_force(thresholds: Thresholds, measure: Measure, today: date) -> Fraction | None:
    """What the project must reach today: the higher one of `total` and the latest step that has begun."""
    begun = [percent for since, percent in steps_of(thresholds, measure) if since <= today][-1:]
    written = written_floor(thresholds, measure)
    return max((*begun, *(() if written is None else (written,))), default=None)
