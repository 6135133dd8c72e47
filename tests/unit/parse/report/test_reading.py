"""A report that is read back is the one that was written; one that was tampered with is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.golden.faces import FACES

from covgate.errors import MeasurementError
from covgate.model.report import Report
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse.report.reading import LARGEST_BYTES, read_report, refuse_contradictions
from covgate.parse.report.shape import UNREAD, Document
from covgate.render.formats import comment, json_report, summary
from covgate.render.records.report_types import ReportJson

WHERE = "report.json"
Tamper = Callable[[dict[str, Any]], object]


def written(face: str = "failed") -> dict[str, Any]:
    values: dict[str, Any] = json.loads(json_report.render(FACES[face]()))
    return values


def read(values: Any) -> Report:
    """The report of these values, checked as it is before it is posted."""
    content = values if isinstance(values, bytes) else json.dumps(values).encode()
    found = read_report(content, WHERE)
    refuse_contradictions(found, json_report.report_json(found.report), WHERE)
    return found.report


def again(face: str) -> tuple[Report, Report]:
    """A face, and what is left of it after it was written and read; links are not a report's to tell."""
    first = FACES[face]()
    back = read(written(face))
    return first, Report(**{name: getattr(back, name) for name in Report.__slots__} | {"links": first.links})


@pytest.mark.parametrize("face", FACES)
def test_the_comment_of_a_report_that_was_read_back_is_the_same(face: str) -> None:
    first, back = again(face)
    assert comment.render(back) == comment.render(first)


@pytest.mark.parametrize("face", FACES)
def test_the_summary_of_a_report_that_was_read_back_is_the_same(face: str) -> None:
    first, back = again(face)
    assert summary.render(back) == summary.render(first)


def test_failures_are_listed_up_to_a_thousand_and_all_of_them_count() -> None:
    cases = tuple(TestCase(f"test_{n}", Outcome.FAILED, n / 10, "boom") for n in range(1500))
    first = replace(FACES["suite_failed"](), suite=SuiteResult(Ending.FAILED, "", "pytest", 1, 9, cases, counted=True))
    values = json.loads(json_report.render(first))
    told = values["suite"]
    assert (told["failed"], len(told["failures"]), told["failures_left_out"]) == (1500, 1000, 500)
    assert told["slowest"][0]["name"] == "test_1499"
    back = read(values)
    assert len(back.suite.failures) == 1500
    assert "490 more are known by their number only" in summary.render(back)


def shape_of(hint_: Any) -> Any:
    """Keys and what is below them, of a TypedDict or of a model."""
    if hasattr(hint_, "__required_keys__"):
        return {name: shape_of(inner) for name, inner in get_type_hints(hint_).items()}
    if isinstance(hint_, type) and issubclass(hint_, BaseModel):
        return {name: shape_of(field.annotation) for name, field in hint_.model_fields.items()}
    if get_origin(hint_) is None:
        return None
    return next((shape for inner in get_args(hint_) if (shape := shape_of(inner))), None)


def without_unread(shape: Any, key: str = "") -> Any:
    if not isinstance(shape, dict):
        return shape
    names = {name: f"{key}.{name}" if key else name for name in shape}
    return {name: without_unread(shape[name], full) for name, full in names.items() if full not in UNREAD}


def test_all_that_is_written_is_read_but_what_is_named_as_unread() -> None:
    assert shape_of(Document) == without_unread(shape_of(ReportJson))


def changed(place: str, value: Any) -> dict[str, Any]:
    """A report with one value replaced; `place` has a slash before each key or number, and | for one within a key."""
    values = written()
    at: Any = values
    *above, last = (part.replace("|", "/") for part in place.split("/"))
    for part in above:
        at = at[int(part)] if isinstance(at, list) else at[part]
    at[int(last) if isinstance(at, list) else last] = value
    return values


CART = "src|shop|cart.py"
TAMPERED = [
    ("verdict", "passed"),
    ("verdict", "error"),
    ("statements_short", 0),
    ("total/line/percent", "99.99"),
    ("total/line/percent", None),
    ("total/line/covered", 1),
    ("total/line/covered", 10_000_000),
    ("diff/line/covered", 24),
    ("diff/branch/total", 7),
    ("before", None),
    ("baseline/sha", None),
    ("baseline/state", "missing"),
    ("rules/0/status", "passed"),
    ("rules/0/ratio/covered", 25),
    ("rules/0/measured", "90.00"),
    ("rules/0/required", "80"),
    ("rules/0/required_exact", "1/0"),
    ("rules/0/required_exact", "80"),
    ("rules/0/id", "../x"),
    ("rules/0/noun", "<b>"),
    ("rules/0/short", -1),
    ("suite/passed", 143_000_000),
    ("suite/passed", 3),
    ("suite/pass_rate", "100.01"),
    ("suite/ending", "failed"),
    ("suite/seconds", 1e300),
    ("suite/seconds", "12.4"),
    ("gaps/0/missed", 4),
    ("gaps/0/missed_lines", []),
    ("gaps/0/lines", [[51, 44]]),
    ("gaps/0/lines", [[44, 45], [45, 51]]),
    ("gaps/0/lines", [[1, 10**30]]),
    ("gaps/0/percent_after", "100.00"),
    ("gaps/0/path", "../../../other/repository"),
    ("gaps/0/path", "/etc/passwd"),
    ("gaps/0/score", float("nan")),
    ("gaps/0/score", float("inf")),
    ("gaps/0/score", True),
    (f"diff/files/{CART}/statements", [[1, 3]]),
    (f"diff/files/{CART}/missed_lines", [44, 45]),
    (f"diff/files/{CART}/missed_lines", [44, 45, 900]),
    (f"diff/files/{CART}/branches", []),
    (f"diff/files/{CART}/partial", []),
    (f"diff/files/{CART}/unmeasured", True),
    (f"diff/files/{CART}/was", "a/../../b"),
    (f"files/{CART}/branch/total", 10**7),
    (f"files/{CART}/missed_lines", [1]),
    ("base/sha", "main"),
    ("head/sha", "<!-- -->"),
    ("pull_request/number", 0),
    ("pull_request/number", "7"),
    ("pull_request/head_sha", "HEAD"),
    ("covgate", "0.1.0](http://evil)"),
    ("notes", ["x"] * 10_001),
    ("notes", ["x" * 100_001]),
    ("notes", "x"),
    ("policy", None),
    ("schema", "1"),
    ("schema", True),
    ("schema", 1.0),
    ("schema", None),
]


@pytest.mark.parametrize(("path", "value"), TAMPERED, ids=[f"{path}={value!s:.30}" for path, value in TAMPERED])
def test_a_report_with_one_value_changed_is_refused(path: str, value: Any) -> None:
    with pytest.raises(MeasurementError, match=r"^report\.json: the report is refused: "):
        read(changed(path, value))


@pytest.mark.parametrize("key", sorted(set(written()) - {"indirect", "plan", "tests"}))
def test_a_report_without_one_of_its_keys_is_refused(key: str) -> None:
    values = written()
    del values[key]
    with pytest.raises(MeasurementError):
        read(values)


NO_REPORTS = {
    "nothing": b"",
    "html": b"<!DOCTYPE html><html><body>403</body></html>",
    "no text": b"\xff\xfe\x00",
    "cut": json_report.render(FACES["failed"]()).encode()[:-20],
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep in a report": b'{"schema": 1, "notes": ' + b"[" * 900 + b"]" * 900 + b"}",
    "huge number": b'{"schema": ' + b"9" * 10_000 + b"}",
    "NaN": b'{"schema": NaN}',
    "a list": b"[1]",
    "a word": b'"report"',
    "too large": b" " * (LARGEST_BYTES + 1),
}


@pytest.mark.parametrize("content", NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused(content: bytes) -> None:
    with pytest.raises(MeasurementError, match="the report is refused"):
        read(content)


def test_a_report_of_a_newer_schema_is_refused_in_words() -> None:
    with pytest.raises(MeasurementError, match="schema 2, of a newer covgate") as caught:
        read(changed("schema", 2))
    assert "the same version of covgate in both workflows" in caught.value.hint


def test_a_schema_too_large_for_a_fraction_is_refused_in_words() -> None:
    with pytest.raises(MeasurementError, match=r"schema 9+, of a newer covgate"):
        read(changed("schema", 10**400 - 1))


def test_keys_that_a_later_version_adds_are_not_looked_at() -> None:
    values = written()
    values["weather"] = {"<script>": ["x"]}
    values["rules"][0]["colour"] = "red"
    assert comment.render(read(values)) == comment.render(read(written()))


def test_a_name_that_is_no_text_comes_back_harmless() -> None:
    assert "\ufffd" in read(changed("notes", ["\udcff"])).notes[0]


HOSTILE = (
    "</details><img src=x onerror=alert(1)>](http://evil) @octocat #1 ::error::x ##[error] \x1b[31m \u202e|`\n\n# x"
)


def test_markup_in_any_string_is_refused_or_shown_as_text() -> None:
    shown = 0

    def spoilt(value: Any) -> list[Any]:
        """The values with each of their strings spoilt in turn."""
        if isinstance(value, str):
            return [HOSTILE]
        if isinstance(value, dict):
            return [value | {name: other} for name, inner in value.items() for other in spoilt(inner)]
        if isinstance(value, list):
            few = list(enumerate(value))[:2]
            return [[*value[:n], other, *value[n + 1 :]] for n, inner in few for other in spoilt(inner)]
        return []

    for values in spoilt(written("suite_failed")):
        try:
            text = comment.render(read(values)) + summary.render(read(values))
        except MeasurementError:
            continue
        shown += 1
        assert not any(sign in text for sign in ("<img", "](http://evil", " @octocat", "\x1b", "\u202e", "##[error"))
    assert shown > 20


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner))


@settings(max_examples=60, deadline=None)
@given(VALUES, st.data())
def test_whatever_stands_where_a_value_belongs_ends_in_a_report_or_a_refusal(value: Any, data: st.DataObject) -> None:
    values = written("unmeasured")
    at: Any = values
    while isinstance(at, dict | list) and at:
        keys: list[Any] = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            at[key] = value
            break
        at = at[key]
    try:
        report = read(values)
    except MeasurementError:
        return
    assert comment.render(report)
