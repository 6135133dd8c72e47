"""In what two measurements differ, so that their numbers do not compare."""

from collections.abc import Iterator
from dataclasses import replace

from covgate.model.snapshot import Origin, Snapshot

SOURCE = "suite.source"
"""The key, among an origin's exclusions, of covgate's own setting of what to measure."""
# coverage.py's names for settings, as people write them.
_KEYS = {
    "run_omit": "omit",
    "run_include": "include",
    "report_omit": "report.omit",
    "report_include": "report.include",
    "exclude_list": "exclude_lines",
    "partial_list": "partial_branches",
    "partial_always_list": "partial_branches_always",
}
_USUAL = "CPython "
_COMPONENT = "component"
_BELONGS = ": "


def origin_difference(base: Origin, head: Origin) -> str:
    """In what the measuring of base and head differs, in words for a reader; "" where numbers compare.

    Source: statements, arcs and what runs change in patch releases of Python and of coverage.py alike, so that a
            version is the same or it is another.
    """
    there, here = _in_common(base, head), _in_common(head, base)
    if there == here:
        return ""
    base, head = there, here
    return f"the base was measured differently ({', '.join(_differences(base, head))}): the numbers do not compare"


def measured_of(snapshot: Snapshot, source: tuple[str, ...]) -> Snapshot:
    """The snapshot, with covgate's own setting of what to measure among what decides what counts."""
    if not source:
        return snapshot
    told = tuple(sorted((*snapshot.origin.exclusions, (SOURCE, tuple(sorted(source))))))
    return replace(snapshot, origin=replace(snapshot.origin, exclusions=told))


def of_component(name: str, directory: str, origin: Origin) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What decides what counts of a component with a suite of its own, with that there is such a component."""
    told = ((f"{name}{_BELONGS}{key}", values) for key, values in origin.exclusions)
    return (*told, (f"{name}{_BELONGS}{_COMPONENT}", (directory,)))


def _in_common(one: Origin, other: Origin) -> Origin:
    """The origin without what belongs to components that only one side has: the numbers of the others compare."""
    alone = _components(one) - _components(other)
    kept = ((key, values) for key, values in one.exclusions if not key.endswith(f"{_BELONGS}{_COMPONENT}"))
    return replace(one, exclusions=tuple(pair for pair in kept if pair[0].rpartition(_BELONGS)[0] not in alone))


def _components(origin: Origin) -> set[str]:
    parts = (key.rpartition(_BELONGS) for key, _ in origin.exclusions)
    return {name for name, _, key in parts if key == _COMPONENT and name}


def _differences(base: Origin, head: Origin) -> Iterator[str]:
    if base.tool != head.tool:
        yield _pair("by", f"{base.tool} {base.version}".strip(), f"{head.tool} {head.version}".strip())
    elif base.version != head.version:
        yield _pair(base.tool, base.version, head.version)
    if base.python != head.python:
        yield _pair("Python", _python(base.python), _python(head.python))
    if base.core != head.core:
        yield _pair("measuring core", base.core, head.core)
    if base.has_branches != head.has_branches:
        yield _pair("branch measurement", _on_off(base.has_branches), _on_off(head.has_branches))
    if keys := _keys(base, head):
        yield f"other settings of {', '.join(keys)}"


def _pair(name: str, before: str, after: str) -> str:
    return f"{name} {before or 'unknown'} there and {after or 'unknown'} here"


def _python(words: str) -> str:
    """Without the implementation that nearly everybody uses."""
    return words.removeprefix(_USUAL)


def _on_off(on: bool) -> str:
    return "on" if on else "off"


def _keys(base: Origin, head: Origin) -> list[str]:
    """The settings of what counts that differ, as people write them."""
    before, after = dict(base.exclusions), dict(head.exclusions)
    return [f"`{_written(key)}`" for key in sorted({*before, *after}) if before.get(key) != after.get(key)]


def _written(key: str) -> str:
    name, belongs, own = key.rpartition(_BELONGS)
    return f"{name}{belongs}{_KEYS.get(own, own)}"
