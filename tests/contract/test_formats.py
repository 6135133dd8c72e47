"""Every report format, found by its constant: within its limit, harmless, and the same each time."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.golden.faces import FACES, HOSTILE

from covgate.registry import collect
from covgate.render import deliverables, formats
from covgate.render.report_format import ReportFormat

FORMATS: tuple[ReportFormat, ...] = collect(formats, "FORMAT")
MARKDOWN = [form for form in FORMATS if form.goes_to in ("comment", "summary", "check run")]
PLACES = ("comment", "summary", "check run", "log", "terminal")
RUNNER_COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)

each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
each_markdown = pytest.mark.parametrize("form", MARKDOWN, ids=lambda form: form.id)
each_face = pytest.mark.parametrize("face", FACES)


@each_format
def test_a_format_goes_to_a_known_place_or_a_file(form: ReportFormat) -> None:
    assert form.goes_to in PLACES or form.goes_to == form.file
    assert form.summary


@each_format
def test_the_reference_names_every_format(form: ReportFormat) -> None:
    reference = Path(__file__).parent.parent.parent / "docs" / "report.md"
    assert f"`{form.id}`" in reference.read_text(encoding="utf-8")


@each_format
@each_face
def test_a_report_keeps_to_its_limit_and_can_be_written(form: ReportFormat, face: str) -> None:
    size = len(form.render(FACES[face]()).encode())
    assert form.limit is None or size <= form.limit


@each_markdown
@each_face
def test_markdown_holds_no_tag_beside_its_own(form: ReportFormat, face: str) -> None:
    seen = _Tags(form.render(FACES[face]()))
    assert seen.names <= {"code", "details", "summary", "sub", "wbr"}
    assert not seen.attributes


@each_markdown
def test_a_hostile_name_notifies_nobody_and_links_nowhere(form: ReportFormat) -> None:
    text = form.render(FACES["hostile"]())
    assert "@" not in text
    assert "](http://x)" not in text
    assert "www." not in re.sub(r"<code>.*?</code>", "", text)


@each_markdown
def test_a_hostile_name_is_shown_as_it_is(form: ReportFormat) -> None:
    shown = _Tags(form.render(FACES["hostile"]())).text
    assert HOSTILE.replace("\n", "␊") in shown


@pytest.mark.parametrize("form", [form for form in FORMATS if form.goes_to == "terminal"], ids=lambda form: form.id)
@each_face
def test_no_line_for_people_is_a_command_to_the_runner(form: ReportFormat, face: str) -> None:
    assert not RUNNER_COMMAND.search(form.render(FACES[face]()))


@each_face
def test_the_deliverables_are_what_the_formats_make(face: str) -> None:
    texts = deliverables(FACES[face]())
    names = [name for name, _ in texts.files]
    assert names == ["badge.json", "badge.svg", "comment.md", "gaps.json", "report.json", "plan.md", "summary.md"]
    assert texts.comment.startswith(f"{texts.marker}\n")
    assert dict(texts.files)["comment.md"] == texts.comment


class _Tags(HTMLParser):
    """Tags, attributes and text of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[object] = []
        self.text = ""
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data
