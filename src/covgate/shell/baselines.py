"""Snapshots of earlier commits."""

from dataclasses import dataclass

from covgate.model.comparison import Baseline, Missing


@dataclass(frozen=True, slots=True)
class NoBaselines:
    """ports.Baselines where no snapshots of earlier commits are kept."""

    def find(self, base_sha: str) -> Baseline:
        """Nothing, and the reason."""
        return Missing(f"none is stored of {base_sha[:7]}")
