"""What docs/github.md promises in numbers and tables is what the code does."""

import re
from pathlib import Path

import pytest

from covgate.model.place import Place
from covgate.render.check_run import MOST_REMARKS, NAME
from covgate.render.formats import annotations, check_run, comment, summary
from covgate.shell.forge.check import BATCH
from covgate.shell.forge.forge import LONGEST_WAIT_SECONDS, GitHubForge
from covgate.shell.forge.place import PRIVILEGED_EVENTS, refusal
from covgate.shell.forge.words import CHECK, COMMENT
from covgate.shell.git.history import DEEPEN_STEPS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/github.md").read_text(encoding="utf-8")
PROSE = " ".join(TEXT.split())
SCENARIOS = (ROOT / "tests/scenario/test_events.py").read_text(encoding="utf-8")
EVENTS = re.findall(
    r"^\| `(\w+)` \|", TEXT.partition("<!-- events -->")[2].partition("<!-- /events -->")[0], re.MULTILINE
)


def test_the_readme_leads_here() -> None:
    assert "docs/github.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_of_the_table_has_its_scenario(event: str) -> None:
    assert f'"{event}"' in SCENARIOS


def test_the_events_that_are_refused_are_told() -> None:
    assert {event for event in EVENTS if refusal(Place("github", event))} == set(PRIVILEGED_EVENTS)


@pytest.mark.parametrize(
    "told",
    [
        f"has {GitHubForge.__dataclass_fields__['deadline_seconds'].default:g} seconds together",
        f"waited for up to {LONGEST_WAIT_SECONDS:g} seconds",
        f"at most {MOST_REMARKS} , in requests of {BATCH}".replace(" ,", ","),
        f"| comment | {comment.LIMIT:,} bytes |",
        f"| check run | {check_run.LIMIT:,} bytes, {MOST_REMARKS} remarks |",
        f"| summary | {summary.LIMIT:,} bytes |",
        f"{DEEPEN_STEPS[0]} commits at first",
        f'"{NAME}"',
        COMMENT.permission.replace("permissions: ", ""),
        CHECK.permission.replace("permissions: ", ""),
    ],
)
def test_a_number_or_name_is_the_codes(told: str) -> None:
    assert told in PROSE


def test_the_annotations_are_ten() -> None:
    assert annotations.MOST == 10
    assert "| annotations | ten |" in PROSE
