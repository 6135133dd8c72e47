"""Which shards make a whole, and what is said of those that do not."""

from dataclasses import replace

import pytest

from covgate.errors import MeasurementError
from covgate.model.shard import GivenShard, Shard
from covgate.model.snapshot import Origin
from covgate.model.suite import Ending, SuiteResult
from covgate.parse.shard_checks import read_by, unknown_shard, whole

HEAD, OTHER = "3f" * 20, "a1" * 20
ORIGIN = Origin("coverage.py", "7.17.3", "CPython 3.13.0", "ctrace")
DIGEST = "ab" * 32


def shard(name: str, sha: str = HEAD, python: str = "CPython 3.13.0", seconds: float = 1.0) -> Shard:
    return Shard(name, sha, SuiteResult(Ending.PASSED, seconds=seconds), replace(ORIGIN, python=python), DIGEST)


def found(one: Shard, where: str = "", digest: str = DIGEST) -> GivenShard:
    return GivenShard(where or f"shards/{one.results_name}", one, digest)


def refused(*given: GivenShard, expected: tuple[str, ...] = ()) -> MeasurementError:
    with pytest.raises(MeasurementError) as caught:
        whole(given, expected, HEAD)
    return caught.value


def test_all_expected_shards_make_a_whole_in_their_order() -> None:
    given = [found(shard("b")), found(shard("a"))]
    assert [one.name for one in whole(given, ("b", "a"), HEAD)] == ["b", "a"]
    assert [one.name for one in whole(given, (), HEAD)] == ["a", "b"]


def test_a_missing_shard_is_named_with_what_its_job_should_have_left() -> None:
    error = refused(found(shard("unit")), expected=("unit", "integration"))
    assert error.what == "The shard `integration` has not reported."
    assert "coverage.integration.data" in error.hint
    assert "!cancelled()" in error.hint
    assert "{{{" not in error.hint


def test_several_missing_shards_are_counted() -> None:
    assert refused(expected=("a", "b", "c")).what == "3 of 3 shards have not reported: `a`, `b`, `c`."


def test_a_shard_of_another_commit_is_refused_by_name() -> None:
    error = refused(found(shard("unit", OTHER)), expected=("unit",))
    assert error.what == f"The shard `unit` measured the commit `{OTHER[:12]}`, and the head is `{HEAD[:12]}`."


def test_a_misspelt_shard_is_told_with_the_name_that_was_meant() -> None:
    error = refused(found(shard("intergation")), expected=("unit", "integration"))
    assert "2 of 2 shards have not reported" in error.what
    assert "`intergation` is none of the shards in `suite.shards`: did you mean `integration`?" in error.what


def test_a_name_that_resembles_none_is_told_with_those_that_there_are() -> None:
    assert unknown_shard("x", ("unit", "web")).endswith("there are `unit`, `web`.")


def test_a_shard_that_nobody_lists_is_refused_though_all_others_are_there() -> None:
    assert (
        "`perf` is none of the shards" in refused(found(shard("unit")), found(shard("perf")), expected=("unit",)).what
    )


def test_the_same_shard_twice_counts_once() -> None:
    twice = [found(shard("unit"), "one/results.unit.json"), found(shard("unit"), "two/results.unit.json")]
    assert len(whole(twice, ("unit",), HEAD)) == 1


def test_the_same_shard_with_other_results_is_refused_with_both_places() -> None:
    error = refused(found(shard("unit"), "one/results.unit.json"), found(shard("unit", seconds=2.0), "two/x.json"))
    assert error.what == "The shard `unit` was given 2 times with other results: one/results.unit.json, two/x.json."


def test_results_without_their_data_are_refused() -> None:
    assert "came without `coverage.unit.data`" in refused(found(shard("unit"), digest="")).what


def test_data_of_another_run_are_refused() -> None:
    assert "are not of one run of the shard `unit`" in refused(found(shard("unit"), digest="cd" * 32)).what


def test_all_that_is_wrong_is_told_at_once() -> None:
    lines = refused(found(shard("unit", OTHER)), found(shard("x")), expected=("unit", "web")).what.splitlines()
    assert [line.split()[0] for line in lines] == ["The", "The", "The", "`x`"]


def test_any_commit_will_do_where_the_head_is_not_known() -> None:
    assert whole([found(shard("unit", OTHER))], (), "")


def test_shards_of_one_python_keep_their_origin() -> None:
    assert read_by([shard("a"), shard("b")], replace(ORIGIN, core="")) == (ORIGIN, ())


def test_another_patch_release_of_python_reads_the_data() -> None:
    assert read_by([shard("a", python="CPython 3.13.9")], ORIGIN)[1] == ()


@pytest.mark.parametrize("python", ["CPython 3.12.0", "PyPy 3.13.0", "CPython 3.13.0 -O", ""])
def test_data_that_no_shard_measured_under_the_python_at_hand_are_refused(python: str) -> None:
    with pytest.raises(MeasurementError, match="other statements") as caught:
        read_by([shard("a", python=python), shard("b", python=python)], ORIGIN)
    assert "python-version" in caught.value.hint


def test_shards_of_several_pythons_are_combined_where_the_one_at_hand_is_among_them_and_that_is_said() -> None:
    shards = [shard("new"), shard("old", python="CPython 3.12.1")]
    (note,) = read_by(shards, ORIGIN)[1]
    assert note.startswith("The shard `old` was measured under CPython 3.12.1. All is counted as CPython 3.13.0 counts")


def test_another_version_of_coverage_is_told() -> None:
    older = replace(shard("a"), origin=replace(ORIGIN, version="7.10.1"))
    assert "coverage.py 7.10.1" in read_by([older], ORIGIN)[1][0]


def test_measuring_cores_that_differ_are_not_named() -> None:
    other = replace(shard("a"), origin=replace(ORIGIN, core="sysmon"))
    assert read_by([other, shard("b")], ORIGIN)[0].core == ""
