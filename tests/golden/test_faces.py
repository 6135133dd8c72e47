"""Every face of the report as a reader sees it. `pytest --update-golden` writes them anew: read them."""

from pathlib import Path

import pytest
from tests.golden.faces import FACES, SHORT_FORMS_ONLY

from covgate.registry import collect
from covgate.render import formats
from covgate.render.report_format import ReportFormat

SHORT_FORMS = ("comment", "annotations", "terminal")
HERE = Path(__file__).parent
FORMATS: dict[str, ReportFormat] = {form.id: form for form in collect(formats, "FORMAT")}
NAMES = {
    "comment": "comment.md",
    "summary": "summary.md",
    "annotations": "annotations.txt",
    "json_report": "report.json",
    "terminal": "terminal.txt",
    "badge_svg": "badge.svg",
    "badge_json": "badge.json",
    "gaps": "gaps.json",
    "plan": "plan.md",
}
BADGED = {"passed", "suite_failed"}  # a badge holds one number, and looks the same in most faces
PLANNED = {"planned", "hostile_planned", "passed"}  # without a plan one is like the other


def _has_golden_file(face: str, form: str) -> bool:
    if form.startswith("badge"):
        return face in BADGED
    if form in ("gaps", "plan"):
        return face in PLANNED
    return face not in SHORT_FORMS_ONLY or form in SHORT_FORMS


CASES = [(face, form) for face in FACES for form in NAMES if _has_golden_file(face, form)]


def test_every_format_has_golden_files() -> None:
    assert set(FORMATS) == {*NAMES, "check_run"}, "the check run's text is the summary's, with less room"


@pytest.mark.parametrize(("face", "form"), CASES)
def test_the_report_reads_as_it_was_read_last(face: str, form: str, update_golden: bool) -> None:
    golden = HERE / face / NAMES[form]
    text = FORMATS[form].render(FACES[face]())
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="")
    assert golden.read_text(encoding="utf-8") == text


def test_no_golden_file_is_left_over() -> None:
    there = {str(path.relative_to(HERE)) for path in HERE.glob("*/*") if "__pycache__" not in path.parts}
    assert there == {f"{face}/{NAMES[form]}" for face, form in CASES}
