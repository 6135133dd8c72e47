"""Text and mappings into one frozen Settings that remembers where each value came from."""

from covgate.settings.components import EffectiveComponent, effective_components, followed, roots
from covgate.settings.loading import load
from covgate.settings.mistakes import SettingsMistakesError
from covgate.settings.policy import as_at_base, effective_fail, effective_policy, effective_shards, suite_at_base
from covgate.settings.raising import raising_patch
from covgate.settings.reference import schema
from covgate.settings.sections import Settings
from covgate.settings.showing import show
from covgate.settings.tree import MOST_BYTES, decoded

__all__ = [
    "MOST_BYTES",
    "EffectiveComponent",
    "Settings",
    "SettingsMistakesError",
    "as_at_base",
    "decoded",
    "effective_components",
    "effective_fail",
    "effective_policy",
    "effective_shards",
    "followed",
    "load",
    "raising_patch",
    "roots",
    "schema",
    "show",
    "suite_at_base",
]
