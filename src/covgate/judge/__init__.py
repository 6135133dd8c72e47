"""Facts against thresholds: the verdict."""

from covgate.judge.judgement import judge
from covgate.judge.rule import Facts
from covgate.judge.thresholds import Thresholds

__all__ = ["Facts", "Thresholds", "judge"]
