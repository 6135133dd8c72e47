"""Steps of the schedule that are about to begin: told while there is time to do something about them."""

from datetime import date, timedelta
from fractions import Fraction

from covgate.judge.answers import MEASURED_IN, NOUNS, Measure, lacks_branches, measured, short_words
from covgate.judge.in_force import MEASURES, floor_in_force, steps_of
from covgate.judge.rule import Facts
from covgate.judge.thresholds import Thresholds
from covgate.model.ratio import floored, plain

AHEAD = timedelta(days=14)


def coming_steps(thresholds: Thresholds, facts: Facts) -> tuple[str, ...]:
    """A sentence for each step of `schedule` that begins within 14 days, the nearest first.

    Shape:  with the day (UTC), what is required from then on and what is today, and how many are short as of now; no
            such number where it cannot be told: the suite did not end well, or nothing was measured.
    """
    steps = [
        (since, measure, percent)
        for measure in MEASURES
        for since, percent in steps_of(thresholds, measure)
        if facts.today < since <= facts.today + AHEAD
    ]
    nearest = sorted(steps, key=lambda step: step[0])
    return tuple(_sentence(since, percent, measure, thresholds, facts) for since, measure, percent in nearest)


def _sentence(since: date, percent: Fraction, measure: Measure, thresholds: Thresholds, facts: Facts) -> str:
    today = floor_in_force(thresholds, measure, facts.today)
    now = "none today" if today is None else f"{plain(today)} % today"
    required = f"From {since} on, {plain(percent)} % of the project's {MEASURED_IN[measure]} are required ({now})"
    return f"{required}{_as_of_now(percent, measure, facts)}."


def _as_of_now(required: Fraction, measure: Measure, facts: Facts) -> str:
    head = facts.comparison.head
    ratio = measured(head, measure)
    if facts.suite.broken or lacks_branches(measure, head) or ratio.percent is None:
        return ""
    if short := ratio.short_of(required):
        return f": {short_words(short, NOUNS[measure])} as of now"
    return f": reached already, with {floored(ratio.percent)} %"
