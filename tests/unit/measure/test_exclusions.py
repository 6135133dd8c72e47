from covgate.measure.exclusions import exclusion_changes
from covgate.model.interpreter import Configuration, Interpreter
from covgate.model.policy import PolicyChange


def changes(base: Configuration | None, head: Configuration) -> tuple[PolicyChange, ...]:
    return exclusion_changes(Interpreter("python", (3, 13, 0), "CPython", "7.17.3", head=head, base=base))


def test_a_setting_that_differs_is_told_as_before_and_after() -> None:
    base = Configuration(effective={"source": ["shop"], "run_omit": ["a"]})
    head = Configuration(effective={"source": ["shop", "jobs"], "run_omit": ["a"]})
    assert changes(base, head) == (PolicyChange("source", "[shop]", "[shop, jobs]"),)


def test_what_exclude_also_adds_to_exclude_lines_is_told_once() -> None:
    base = Configuration(effective={"exclude_list": ["a"]})
    head = Configuration(effective={"exclude_list": ["a", "b"], "exclude_also": ["b"]})
    assert changes(base, head) == (PolicyChange("exclude_also", "", "[b]"),)


def test_without_a_base_nothing_changed() -> None:
    assert changes(None, Configuration(effective={"run_omit": ["a"]})) == ()


def test_a_base_that_cannot_be_read_is_the_one_change() -> None:
    (change,) = changes(Configuration(error="no plugin"), Configuration(effective={"run_omit": ["a"]}))
    assert (change.key, change.before) == ("coverage configuration", "cannot be read: no plugin")
