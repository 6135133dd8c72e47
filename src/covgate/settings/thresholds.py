"""The section `thresholds:`, put together from the options of all rules: to add a rule's file is to add its key."""

from collections.abc import Callable, Iterator
from dataclasses import field, fields, make_dataclass
from functools import cache
from itertools import groupby
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import AfterValidator, ConfigDict, GetCoreSchemaHandler, GetPydanticSchema
from pydantic_core import CoreSchema, core_schema

from covgate.judge.options import UnfitError, about
from covgate.judge.rule import Rule
from covgate.judge.rulebook import DEFAULT_THRESHOLDS, rulebook
from covgate.judge.thresholds import Thresholds

Member = tuple[str, Any, Any]  # of a dataclass: name, type, field
FORBID = ConfigDict(extra="forbid")


@cache
def threshold_type() -> type[Any]:
    """A frozen dataclass of all sections, as people write them."""
    sections = [_section(name, tuple(rules)) for name, rules in groupby(rulebook(), key=lambda rule: rule.section)]
    unknown = ("on_unknown", Literal["fail", "pass"], field(default="fail", metadata=about(_ON_UNKNOWN)))
    return _frozen("Thresholds", [*sections, unknown])


_ON_UNKNOWN = "What a rule that cannot be judged does to the gate."


def _section(name: str, rules: tuple[Rule, ...]) -> Member:
    options = _frozen(f"{name.capitalize()}Thresholds", list(_options(rules)))
    checked = _with(options, _asks_something(rules))
    metadata = about("; ".join(rule.summary for rule in rules) + ".")
    if rules[0].many:
        return name, _with(_many(checked), _told_apart), field(default=(), metadata=metadata)
    return name, checked | None, field(default=None, metadata=metadata)


def _with(kind: Any, check: Callable[[Any], Any]) -> Any:
    """A type with a check of its values; the type is made at run time, which type checkers cannot follow."""
    annotated: Any = Annotated
    return annotated[kind, AfterValidator(check)]


def _many(kind: Any) -> Any:
    several: Any = tuple
    return several[kind, ...]


def _options(rules: tuple[Rule, ...]) -> Iterator[Member]:
    seen = set()
    for rule in rules:
        hints = get_type_hints(rule.options, include_extras=True)
        for own in fields(rule.options):
            if own.name not in seen:
                seen.add(own.name)
                yield own.name, hints[own.name], field(default=own.default, metadata=own.metadata)


def _frozen(name: str, members: list[Member]) -> type[Any]:
    return make_dataclass(
        name, members, frozen=True, slots=True, kw_only=True, namespace={"__pydantic_config__": FORBID}
    )


def _asks_something(rules: tuple[Rule, ...]) -> Callable[[Any], Any]:
    """A check that a section asks at least one rule: a threshold that people believe in must not be silently absent."""
    names = tuple(rule.asked_by for rule in rules)

    def check(section: Any) -> Any:
        if all(getattr(section, name) is None for name in names):
            raise UnfitError(f"sets no threshold: give {' or '.join(names)}")
        return section

    return check


def _told_apart(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    labels = [label(entry, index) for index, entry in enumerate(entries)]
    twice = sorted({name for name in labels if labels.count(name) > 1})
    if twice:
        raise UnfitError(f"{', '.join(twice)} stands here twice")
    return entries


def label(entry: Any, index: int) -> str:
    """What an entry of a list is called in dotted keys: its name, its day, else its number."""
    if isinstance(entry, dict):
        return str(entry.get("name") or entry.get("from") or index)
    return str(getattr(entry, "name", None) or getattr(entry, "since", None) or index)


NO_THRESHOLDS = Thresholds()


def thresholds_of(sections: Any) -> Thresholds:
    """What is asked, of the sections as people wrote them; the default where they ask nothing.

    Shape:  `sections` is an instance of `threshold_type()`.
    """
    own = own_thresholds_of(sections)
    return own if own.asked else Thresholds(DEFAULT_THRESHOLDS.asked, own.on_unknown)


def own_thresholds_of(sections: Any) -> Thresholds:
    """What is asked, of the sections as people wrote them; nothing where they ask nothing.

    Shape:  as of `thresholds_of`.
    """
    pairs = ((rule.id, _asked(rule, getattr(sections, rule.section))) for rule in rulebook())
    return Thresholds(tuple((rule_id, options) for rule_id, options in pairs if options), sections.on_unknown)


def _asked(rule: Rule, section: Any) -> Any | None:
    entries = section if rule.many else () if section is None else (section,)
    names = tuple(own.name for own in fields(rule.options))
    picked = tuple(
        rule.options(**{name: getattr(entry, name) for name in names})
        for entry in entries
        if getattr(entry, rule.asked_by) is not None
    )
    if rule.many:
        return picked or None
    return picked[0] if picked else None


def _schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ARG001  # pydantic hands both
    return core_schema.no_info_after_validator_function(thresholds_of, handler.generate_schema(threshold_type()))


def _own_schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ARG001  # pydantic hands both
    return core_schema.no_info_after_validator_function(own_thresholds_of, handler.generate_schema(threshold_type()))


ThresholdsField = Annotated[Thresholds, GetPydanticSchema(_schema)]
OwnThresholdsField = Annotated[Thresholds, GetPydanticSchema(_own_schema)]
