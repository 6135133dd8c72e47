"""Components as a run takes them: what the base's file decides of them, and what is wrong with a list of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from covgate.model.component import ComponentRoot, ComponentRoots, within
from covgate.settings.sections import Component, Settings, Values
from covgate.settings.tree import Path

_SUITE_RULES = "suite."


@dataclass(frozen=True, slots=True)
class EffectiveComponent:
    """A component as it is judged.

    Shape:  `own` has the root at the head, the base's thresholds where the base knows it, and the head's suite, or the
            base's where the head has none; `was` is its root at the base, `at_base` the base's entry for it.
    """

    own: Component
    was: str
    at_base: Component | None = None

    @property
    def added(self) -> bool:
        """Whether the base's settings do not know it."""
        return self.at_base is None


def effective_components(head: Settings, base: Settings | None) -> tuple[EffectiveComponent, ...]:
    """The base's components, whatever became of them in the head's file, and those that the head's adds.

    Shape:  `base` is what the base commit's file says, None where there is none to go by. Where the base has another
            directory for a component than the head, the base's holds; `followed` tells where it is gone.
    """
    ours = {component.name: component for component in head.components}
    then = {component.name: component for component in (base.components if base else ())}
    known = [_known(component, ours.get(name)) for name, component in then.items()]
    added = [EffectiveComponent(own, own.root) for name, own in ours.items() if name not in then]
    return (*known, *(one for one in added if one.own.root not in {other.own.root for other in known}))


def _known(then: Component, now: Component | None) -> EffectiveComponent:
    suite = now.suite if now and now.suite else then.suite
    return EffectiveComponent(replace(then, suite=suite), then.root, then)


def followed(
    components: tuple[EffectiveComponent, ...], head: Settings, files: tuple[str, ...]
) -> tuple[EffectiveComponent, ...]:
    """The components where they are now: one whose directory is gone is where the head's file says it went.

    Shape:  `files` are the paths of the Python files on disk.
    """
    ours = {component.name: component.root for component in head.components}

    def now(one: EffectiveComponent) -> EffectiveComponent:
        root = ours.get(one.own.name, one.was)
        gone = not any(within(path, one.was) for path in files)
        return replace(one, own=replace(one.own, root=root)) if gone and root != one.was else one

    return tuple(map(now, components))


def roots(components: tuple[EffectiveComponent, ...]) -> ComponentRoots:
    """Whose files are whose."""
    return ComponentRoots(tuple(ComponentRoot(one.own.name, one.own.root, one.was, one.added) for one in components))


def component_mistakes(values: Values) -> Iterator[tuple[Path, str]]:
    """What is wrong with components that are each right by themselves, with the place of each mistake."""
    for index, component in enumerate(values.components):
        before = values.components[:index]
        here: Path = ("components", index)
        if component.name in {other.name for other in before}:
            yield (*here, "name"), f"another component is called {component.name!r}: give each a name of its own"
        if twin := next((other.name for other in before if other.root == component.root), ""):
            yield (*here, "root"), f"is the directory of the component {twin!r} as well"
        yield from _suite_mistakes(component, values, here)


def _suite_mistakes(component: Component, values: Values, here: Path) -> Iterator[tuple[Path, str]]:
    if component.suite and values.suite.shards:
        says = "does not go with `suite.shards`: shards are the parts of the one suite that measures everything"
        yield (*here, "suite"), says
    if component.suite:
        return
    if any(rule_id.startswith(_SUITE_RULES) for rule_id, _ in component.thresholds.asked):
        says = "the component has no suite of its own whose tests could be judged: give it `suite`, or ask at the top"
        yield (*here, "thresholds", "suite"), says
    project = values.working_directory
    around = any(other.suite and within(component.root, other.root) for other in values.components)
    if not (around or within(component.root, project) or within(project, component.root)):
        says = f"lies outside the working directory `{project}`, whose suite measures it: give it `suite`"
        yield (*here, "root"), says
