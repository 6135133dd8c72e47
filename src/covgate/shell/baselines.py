"""Snapshots of earlier commits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from covgate.model.comparison import Baseline, Missing
from covgate.model.diff import Diff
from covgate.model.history import HistoryLine, Stored
from covgate.ports import Kept


@dataclass(frozen=True, slots=True)
class NoBaselines:
    """ports.Baselines where no snapshots of earlier commits are kept."""

    def find(self, diff: Diff) -> Baseline:  # noqa: ARG002  # nothing is stored of any
        """Nothing, and the reason."""
        return Missing("nothing is stored for the base yet")

    def history(self) -> tuple[HistoryLine, ...]:
        """None."""
        return ()

    def keep(self, stored: Stored, pages: Callable[[tuple[HistoryLine, ...]], Mapping[str, str]]) -> Kept:  # noqa: ARG002  # nowhere to
        """Not stored."""
        return Kept("skipped", "Nothing is stored.")
