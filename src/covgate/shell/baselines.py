"""Snapshots of earlier commits."""

from dataclasses import dataclass

from covgate.model.comparison import Baseline, Missing


@dataclass(frozen=True, slots=True)
class NoBaselines:
    """ports.Baselines where no snapshots of earlier commits are kept."""

    def find(self, base_sha: str) -> Baseline:  # noqa: ARG002  # nothing is stored of any
        """Nothing, and the reason."""
        return Missing("nothing is stored for the base yet")
