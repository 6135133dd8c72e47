"""Facts against thresholds: the verdict."""

from covgate.judge.coming import coming_steps
from covgate.judge.judgement import judge
from covgate.judge.ratchet import raised_floors
from covgate.judge.rule import Facts
from covgate.judge.thresholds import Thresholds

__all__ = ["Facts", "Thresholds", "coming_steps", "judge", "raised_floors"]
