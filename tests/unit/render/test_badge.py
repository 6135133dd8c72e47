"""The badge: readable by everybody, drawn by nobody else."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from tests.unit.render.trend.test_chart import contrast

from covgate.model.ratio import NOTHING, Ratio
from covgate.render.badge import (
    AMBER,
    GREEN,
    GREY,
    LABEL_FILL,
    RED,
    TEXT_FILL,
    badge_fill,
    badge_json,
    badge_message,
    badge_svg,
    text_width,
)

SVG = "{http://www.w3.org/2000/svg}"
CASES = [Ratio(0, 3), Ratio(7, 100), Ratio(82, 100), Ratio(1, 1), NOTHING, None]

each_case = pytest.mark.parametrize("line", CASES)


def test_the_percentage_is_rounded_down() -> None:
    assert badge_message(Ratio(99_999, 100_000)) == "99 %"
    assert badge_message(Ratio(100, 100)) == "100 %"


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    assert badge_message(None) == badge_message(NOTHING) == "unknown"


@pytest.mark.parametrize(
    ("covered", "fill"),
    [(1000, GREEN), (900, GREEN), (899, AMBER), (700, AMBER), (699, RED), (0, RED)],
)
def test_the_fill_changes_at_exactly_90_and_70(covered: int, fill: str) -> None:
    assert badge_fill(Ratio(covered, 1000)) == fill


@each_case
def test_a_badge_says_in_words_what_it_shows(line: Ratio | None) -> None:
    root = ET.fromstring(badge_svg(line))  # noqa: S314  # our own text
    words = f"Line coverage: {badge_message(line)}"
    assert (root.get("role"), root.get("aria-label"), root.findtext(f"{SVG}title")) == ("img", words, words)


@each_case
def test_every_text_fits_into_its_field_and_the_fields_into_the_badge(line: Ratio | None) -> None:
    root = ET.fromstring(badge_svg(line))  # noqa: S314  # our own text
    label, message = root.findall(f"{SVG}g/{SVG}rect")
    fields = [(0.0, float(label.get("width", 0))), (float(message.get("x", 0)), float(message.get("width", 0)))]
    assert fields[1][0] == fields[0][1]
    assert sum(fields[1]) == float(root.get("width", 0))
    for text, (left, width) in zip(root.findall(f"{SVG}g/{SVG}text"), fields, strict=True):
        half = float(text.get("textLength", 0)) / 2
        middle = float(text.get("x", 0))
        assert left + 4 <= middle - half
        assert middle + half <= left + width - 4


@pytest.mark.parametrize("fill", [GREEN, AMBER, RED, GREY, LABEL_FILL])
def test_the_text_can_be_read_on_every_fill(fill: str) -> None:
    assert contrast(TEXT_FILL, fill) >= 4.5, "WCAG 2.2, 1.4.3"


@each_case
def test_a_badge_asks_nobody_for_anything(line: Ratio | None) -> None:
    urls = re.findall(r"https?://[^\"]+", badge_svg(line))
    assert urls == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|style|image|use|a)\b|href|url\((?!#round)", badge_svg(line))


@each_case
def test_the_file_for_shields_is_an_endpoint_badge(line: Ratio | None) -> None:
    badge = json.loads(badge_json(line))
    assert (badge["schemaVersion"], badge["label"], badge["message"]) == (1, "coverage", badge_message(line))
    assert re.fullmatch("#[0-9a-f]{6}", badge["color"])


def test_a_longer_text_is_wider() -> None:
    assert text_width("7 %") < text_width("82 %") < text_width("100 %") < text_width("unknown")
