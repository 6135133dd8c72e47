"""Whatever a run measures is stored and read again without a difference."""

from datetime import datetime, timedelta, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covgate.model.history import HistoryLine, Stored
from covgate.model.lines import LineSet
from covgate.model.snapshot import Branch, FileCoverage, LeftOut, MissedArc, Origin, PathMapping, Region, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse.history_lines import history_from, history_records, history_text, with_line
from covgate.parse.stored_snapshot import stored_bytes, stored_from

# How fast examples are drawn says more of the machine than of the test.
few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
text = st.sampled_from(["", "a", "`if x` never True", "ünï \U0001f600", '"\\\\"', "\x00\x1b\u2028", "null", " \n\t"])
names = st.lists(st.sampled_from(["a", "ü", "b c", "__init__.py", "…", "'\""]), min_size=1, max_size=4).map("/".join)
line_numbers = st.integers(1, 60)
line_sets = st.integers(0, 2**24 - 1).map(lambda bits: LineSet.of(n + 1 for n in range(24) if bits >> n & 1))
seconds = st.floats(0, 1e6)
shas = st.sampled_from(["3f" * 20, "a0" * 20, "0" * 40, "9c" * 32])
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001  # drawn with one


@st.composite
def branches(draw: st.DrawFn) -> tuple[Branch, ...]:
    """Branching lines, each with some of its ways out missed."""
    made = []
    for line in sorted(draw(st.frozensets(line_numbers, max_size=4))):
        exits = draw(st.integers(1, 4))
        arcs = draw(st.lists(st.tuples(st.integers(-60, 60), text), max_size=exits))
        made.append(Branch(line, exits, tuple(MissedArc(line, to, words) for to, words in arcs)))
    return tuple(made)


@st.composite
def files(draw: st.DrawFn) -> tuple[FileCoverage, ...]:
    """Files with paths of their own, sorted."""
    return tuple(draw(one_file(path)) for path in sorted(draw(st.frozensets(names, max_size=3))))


@st.composite
def one_file(draw: st.DrawFn, path: str) -> FileCoverage:
    """A file that ran in part."""
    statements = draw(line_sets)
    return FileCoverage(
        path,
        statements,
        statements & draw(line_sets),
        draw(line_sets),
        draw(line_sets).ranges,
        draw(branches()),
        draw(st.lists(regions, max_size=3).map(tuple)),
        draw(st.sampled_from([None, "ab" * 32])),
    )


regions = st.builds(Region, st.sampled_from(["function", "class"]), text, line_numbers, line_sets)
origins = st.builds(
    Origin,
    text,
    text,
    text,
    text,
    st.booleans(),
    st.lists(st.tuples(text, st.lists(text, max_size=3).map(tuple)), max_size=3).map(tuple),
)
snapshots = st.builds(
    Snapshot,
    files(),
    origins,
    files(),
    st.lists(st.builds(LeftOut, names, text, st.booleans()), max_size=2).map(tuple),
    st.lists(st.builds(PathMapping, text, names), max_size=2).map(tuple),
    st.lists(text, max_size=2).map(tuple),
)
suites = st.builds(
    SuiteResult,
    st.sampled_from(Ending),
    text,
    text,
    st.none() | st.integers(-64, 255),
    seconds,
    st.lists(st.builds(TestCase, text, st.sampled_from(Outcome), seconds, text), max_size=4).map(tuple),
    st.booleans(),
)
kept = st.builds(
    Stored,
    shas,
    st.lists(shas, max_size=3).map(tuple),
    times,
    snapshots,
    suites,
    text,
    st.booleans(),
    st.booleans(),
)


@few
@given(kept)
def test_a_snapshot_is_read_as_it_was_stored(one: Stored) -> None:
    assert stored_from(stored_bytes(one), "the file") == one


@few
@given(kept)
def test_storing_what_was_read_gives_the_same_bytes(one: Stored) -> None:
    content = stored_bytes(one)
    assert stored_bytes(stored_from(content, "the file")) == content


@few
@given(st.lists(kept.map(lambda one: one.line), max_size=6))
def test_the_history_has_the_last_line_of_every_commit_in_the_order_of_time(lines: list[HistoryLine]) -> None:
    content = b""
    for line in lines:
        content = history_text(with_line(history_records(content), line)).encode()
    read = history_from(content)
    assert {line.sha: line for line in read} == {line.sha: line for line in lines}
    assert [line.time for line in read] == sorted(line.time for line in read)
