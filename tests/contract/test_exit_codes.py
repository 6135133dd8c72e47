"""Exit codes and the documentation of errors: the same everywhere they are written down."""

import re
from pathlib import Path

import pytest

from covgate import errors
from covgate.cli import EXIT_CODES
from covgate.errors import CovgateError, Interrupted, bug

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CovgateError)]
CONTRACT = {
    "SettingsError": 2,
    "MeasurementError": 4,
    "ComparisonError": 5,
    "PublishingError": 6,
    "CovgateError": 70,
}
ANSWERS = {"0", "1", "3"}  # a passed gate, a failed one, a suite that failed: verdicts, and no errors


def first_column(page: str, heading: str) -> set[str]:
    """The first column of the table whose first title this is."""
    rows = re.search(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", page, re.MULTILINE)
    assert rows, heading
    return {code for row in rows[1].splitlines() for code in row.split("|")[1].strip().split(", ")}


def ends_with(kind: type[CovgateError]) -> set[str]:
    """The codes that an error of this kind ends with."""
    if kind is Interrupted:
        return {str(Interrupted(number).exit_status) for number in (2, 15)}
    return {str(kind("x").exit_status)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_s_code_is_the_one_that_scripts_rely_on(kind: type[CovgateError]) -> None:
    assert ends_with(kind) == ({str(CONTRACT[kind.__name__])} if kind is not Interrupted else {"130", "143"})


def test_every_place_lists_the_codes_that_there_are() -> None:
    known = {code for kind in KINDS for code in ends_with(kind)}
    assert first_column(README, "exit code") == known | ANSWERS
    assert first_column(DOCS, "exit code") == (known | ANSWERS) - {"0", "1"}
    assert set(re.findall(r"\b\d+\b", EXIT_CODES)) == known | ANSWERS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_heading_that_says_what_to_do(kind: type[CovgateError]) -> None:
    assert f"\n## {kind.slug}\n" in DOCS
    assert f"[{kind.slug}](#{kind.slug})" in DOCS


def test_every_heading_belongs_to_an_error_or_to_the_suite() -> None:
    assert set(re.findall(r"^## (.+)$", DOCS, re.MULTILINE)) == {kind.slug for kind in KINDS} | {"suite"}


def test_a_bug_says_whose_it_is_and_that_no_change_is_to_blame() -> None:
    told = bug(KeyError("x"))
    assert (told.exit_code, "covgate has a bug: KeyError: 'x'" in str(told), "report it" in told.hint) == (
        70,
        True,
        True,
    )
