"""Text and mappings into one frozen Settings that remembers where each value came from."""

from covgate.settings.loading import load
from covgate.settings.mistakes import SettingsMistakesError
from covgate.settings.policy import as_at_base, effective_fail, effective_policy, effective_shards
from covgate.settings.reference import schema
from covgate.settings.sections import Settings
from covgate.settings.showing import show
from covgate.settings.tree import MOST_BYTES, decoded

__all__ = [
    "MOST_BYTES",
    "Settings",
    "SettingsMistakesError",
    "as_at_base",
    "decoded",
    "effective_fail",
    "effective_policy",
    "effective_shards",
    "load",
    "schema",
    "show",
]
