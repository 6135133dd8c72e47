"""Snapshot × Diff × Baseline → Comparison."""

from covgate.compare.changed import changed_python_files, diff_coverage
from covgate.compare.comparable import comparable
from covgate.compare.deltas import compare
from covgate.compare.narrowing import narrowed, narrowing
from covgate.compare.shard_sources import measured_files, verify_shards
from covgate.compare.sources import fingerprints, verify_sources

__all__ = [
    "changed_python_files",
    "comparable",
    "compare",
    "diff_coverage",
    "fingerprints",
    "measured_files",
    "narrowed",
    "narrowing",
    "verify_shards",
    "verify_sources",
]
