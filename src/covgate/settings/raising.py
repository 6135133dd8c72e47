"""Proposed thresholds as a patch of the settings file, so that to raise a floor is to apply it."""

from collections.abc import Iterable
from difflib import unified_diff
from functools import reduce

import yaml

from covgate.errors import SettingsError
from covgate.model.policy import PolicyChange
from covgate.settings.loading import load
from covgate.settings.showing import written_thresholds


def raising_patch(text: str, changes: tuple[PolicyChange, ...], name: str) -> str:
    """The patch that gives each key its new value, with the file's own lines around it, as `git apply` takes it.

    Shape:  `text` is the file that has the keys' old values, `name` its path in the repository; "" where the keys
            cannot be told by their lines (behind an anchor or a merge): a patch that did something else would be
            worse than none.
    """
    try:
        changed = reduce(lambda done, change: _with_value(done, change.key.split("."), change.after), changes, text)
    except yaml.YAMLError:
        return ""
    if not _does_just_that(text, changed, changes):
        return ""
    before, after = (side.splitlines() for side in (text, changed))
    return "\n".join(unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""))


def _does_just_that(text: str, changed: str, changes: Iterable[PolicyChange]) -> bool:
    try:
        before, after = (dict(written_thresholds(load(side, "", {}, {}).thresholds)) for side in (text, changed))
    except SettingsError:
        return False
    return after == {**before, **{change.key: change.after for change in changes}}


def _with_value(text: str, path: list[str], value: str) -> str:
    """The text with a key's value replaced, or with the key put in front of its neighbours."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    for depth, name in enumerate(path):
        if not isinstance(node, yaml.MappingNode):
            return text
        child = next((under for key, under in node.value if key.value == name), None)
        if child is None:
            return _inserted(text, node, path[depth:], value)
        node = child
    assert node is not None
    return f"{text[: node.start_mark.index]}{value}{text[node.end_mark.index :]}"


def _inserted(text: str, node: yaml.MappingNode, keys: list[str], value: str) -> str:
    first, *inner = keys
    shown = f"{first}: {''.join(f'{{{name}: ' for name in inner)}{value}{'}' * len(inner)}"
    if not node.value:
        place = node.start_mark.index + 1
    elif node.flow_style:
        place, shown = node.value[0][0].start_mark.index, f"{shown}, "
    else:
        mark = node.value[0][0].start_mark
        place, shown = mark.index, f"{shown}\n{' ' * mark.column}"
    return text[:place] + shown + text[place:]
