"""Whose thresholds hold: a pull request is judged by its base's, and what it would change of them is told."""

from dataclasses import fields, replace
from typing import Any

from covgate.judge.thresholds import Thresholds
from covgate.model.policy import Policy, PolicyChange
from covgate.settings.sections import BaselineSettings, PublishSettings, Settings, SuiteSettings
from covgate.settings.showing import written, written_thresholds, written_values

_LABELS = (".name", ".from")  # they stand in the keys of their entries
DECISIVE = ("base", "mode", "data", "working_directory", "comment", "check_run", "publish", "baseline")
"""Keys that decide what is compared with what, what is read, and what people are told: with them a change could look
like another one, or leave the comment of an earlier, better one standing."""


def effective_policy(head: Settings, base: Settings | None, *, base_had_file: bool) -> tuple[Thresholds, Policy]:
    """The thresholds to judge by, and where they came from.

    Shape:  `base` is what the base commit's file says, None where there is no such file (`base_had_file` False) or
            where it cannot be read (True): the head's thresholds hold then, and the policy says so.
    """
    if base is not None and base_had_file:
        return base.thresholds, Policy(f"`{_name(base, head)}` of the base", _changes(base, head))
    if base_had_file:
        return head.thresholds, Policy(f"{_own(head)}: the base's file cannot be read")
    return head.thresholds, Policy(f"{_own(head)}: the base has none" if head.file else "covgate's defaults")


def effective_fail(head: Settings, base: Settings | None) -> bool:
    """Whether a failed gate fails the run: as the base's file says, unless an input says it.

    Without this a change could let itself pass by `fail: false`.
    """
    return head.fail if base is None or _by_input(head) else base.fail


def as_at_base(head: Settings, base: Settings | None) -> tuple[Settings, tuple[PolicyChange, ...]]:
    """The head's settings with what a change must not decide about itself as the base's file says, and what differs.

    Shape:  `base` as for `effective_policy`, None for no file: the head's hold then, but for the base to compare with
            and for whom the suite is run as.
            Inputs and options, which the workflow or the person gives, win over both.
    """
    keys = [key for key in DECISIVE if not head.is_given(key)]
    before = base or replace(head, base=Settings().base)
    before = replace(before, baseline=_given_in(head, "baseline", of=before))
    kept = {key: getattr(before, key) for key in keys}
    pairs = ((key, kept[key], getattr(head, key)) for key in keys)
    moved = [PolicyChange(key, _shown(then), _shown(now)) for key, then, now in pairs if then != now]
    user = (base or Settings()).suite.user
    if user != head.suite.user:
        moved.append(PolicyChange("suite.user", user, head.suite.user))
    return replace(head, **kept, suite=replace(head.suite, user=user)), tuple(moved)


def suite_at_base(head: Settings, base: Settings | None) -> SuiteSettings:
    """How the base's own suite is run: as its own file says, but for what the workflow or the person gives.

    Shape:  `base` as for `as_at_base`.
    """
    return head.suite if base is None else _given_in(head, "suite", of=base)


def _given_in(head: Settings, section: str, *, of: Settings) -> Any:
    """A section of the settings `of`, with those keys as the head has them that inputs or options say."""
    own = getattr(of, section)
    names = {field.metadata.get("alias", field.name): field.name for field in fields(own)}
    given = [name for key, name in names.items() if head.is_given(f"{section}.{key}")]
    return replace(own, **{name: getattr(getattr(head, section), name) for name in given})


def _shown(value: str | bool | tuple[str, ...] | PublishSettings | BaselineSettings) -> str:
    if isinstance(value, PublishSettings | BaselineSettings):
        return f"{{{', '.join(f'{key}: {shown}' for key, shown in written_values(value))}}}"
    return written(value) if value else ""


def effective_shards(head: Settings, base: Settings | None) -> tuple[str, ...]:
    """The shards that must have reported: those that the base's file names, and those that the head's adds.

    Without this a change could hide a shard whose tests fail, or lose cover, by taking its name off the list.
    """
    return tuple(dict.fromkeys((*(base.suite.shards if base else ()), *head.suite.shards)))


def _changes(base: Settings, head: Settings) -> tuple[PolicyChange, ...]:
    """What the head says otherwise, in the order of the base's keys and then the head's."""
    before, after = _policy_values(base), _policy_values(head)
    if not _by_input(head):
        before["fail"], after["fail"] = written(base.fail), written(head.fail)
    if not head.is_given("suite.source"):
        before["suite.source"], after["suite.source"] = _shown(base.suite.source), _shown(head.suite.source)
    before["suite.shards"], after["suite.shards"] = (_shards(side) for side in (base, head))
    before |= _component_values(base, base)
    after |= _component_values(head, base)
    keys = dict.fromkeys((*before, *after))
    pairs = ((key, before.get(key, ""), after.get(key, "")) for key in keys)
    return tuple(PolicyChange(key, then, now) for key, then, now in pairs if then != now)


def _policy_values(settings: Settings) -> dict[str, str]:
    values = written_thresholds(settings.thresholds)
    return {key: value for key, value in values if not key.endswith(_LABELS)}


def _component_values(settings: Settings, base: Settings) -> dict[str, str]:
    """Directories and thresholds of the components that the base knows: those that a change adds judge it already."""
    known = {component.name for component in base.components}
    values: dict[str, str] = {}
    for component in settings.components:
        if component.name in known:
            prefix = f"components.{component.name}."
            values[f"{prefix}root"] = written(component.root)
            asked = written_thresholds(component.thresholds, f"{prefix}thresholds.")
            values |= {key: value for key, value in asked if component.thresholds.asked and not key.endswith(_LABELS)}
    return values


def _shards(settings: Settings) -> str:
    return written(settings.suite.shards) if settings.suite.shards else ""


def _by_input(head: Settings) -> bool:
    """Whether the workflow decides what a failed gate does, whatever the files say."""
    return head.is_given("fail")


def _own(head: Settings) -> str:
    return f"`{head.file}` of this change" if head.file else "covgate's defaults"


def _name(base: Settings, head: Settings) -> str:
    return head.file or base.file
