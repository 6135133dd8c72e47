"""What people see while a run goes on and when it is over."""

import io
import os
import re
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covgate.shell.screen import CLEAR_LINE, Screen, Ticker, columns, elapsed, harmless, wants_colour

GITHUB = {"GITHUB_ACTIONS": "true"}


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def seen(stream: io.StringIO) -> str:
    """What stands on a terminal in the end."""
    lines = (line.rpartition(CLEAR_LINE)[2] for line in stream.getvalue().split("\n"))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("environment", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, False, True),
        ({"CLICOLOR": "0"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_unless_it_is_asked_for(
    environment: dict[str, str], terminal: bool, colour: bool
) -> None:
    assert wants_colour(environment, terminal=terminal) is colour


@pytest.mark.parametrize(("given_columns", "width"), [("132", 132), ("3", 20), ("0", 80), ("wide", 80), ("", 80)])
def test_the_width_is_as_given_or_usual(given_columns: str, width: int) -> None:
    assert columns({"COLUMNS": given_columns}, io.StringIO(), otherwise=80) == width


def test_a_log_is_wider_than_a_pipe() -> None:
    assert (Screen({}, io.StringIO(), io.StringIO()).width, Screen(GITHUB, io.StringIO()).width) == (80, 120)


def test_the_report_goes_to_one_stream_and_remarks_to_the_other() -> None:
    out, err = io.StringIO(), io.StringIO()
    screen = Screen({}, out, err)
    screen.text("the report")
    screen.tell("a remark")
    screen.commands("::error::not here")
    assert (out.getvalue(), err.getvalue()) == ("the report\n", "a remark\n")


def test_off_a_terminal_progress_is_a_line_and_said_once() -> None:
    err = io.StringIO()
    screen = Screen({}, io.StringIO(), err)
    for words in ("running pytest", "running pytest", "", "comparing"):
        screen.progress(words)
    assert err.getvalue() == "running pytest\ncomparing\n"


def test_progress_is_kept_from_a_stream_that_a_program_reads() -> None:
    out, err = io.StringIO(), Terminal()
    Screen({}, out, err, quiet=True).progress("running pytest")
    assert (out.getvalue(), err.getvalue()) == ("", "")


def test_on_a_terminal_progress_leaves_no_trace() -> None:
    terminal, clock = Terminal(), Clock()
    screen = Screen({}, terminal, terminal, clock=clock, tick_seconds=3600)
    screen.progress("running pytest")
    assert seen(terminal) == "running pytest · 0 s"
    clock.now += 65
    with screen.foreign_output() as line:
        line("tests/test_a.py ...")
    assert seen(terminal) == "tests/test_a.py ...\nrunning pytest · 1 min 05 s"
    screen.progress("comparing")
    assert seen(terminal).endswith("\ncomparing · 0 s")
    screen.text("✓ passed")
    screen.close()
    assert seen(terminal) == "tests/test_a.py ...\n✓ passed\n"


def test_a_status_is_never_wider_than_its_terminal() -> None:
    terminal = Terminal()
    with_columns = Screen({"COLUMNS": "30"}, terminal, terminal, tick_seconds=3600)
    with_columns.progress("running " + "x" * 100)
    assert len(seen(terminal)) == 29
    with_columns.close()


def test_the_status_moves_on_by_itself_and_then_stops() -> None:
    ticked = threading.Event()
    ticker = Ticker(ticked.set, 0.001)
    ticker.start()
    assert ticked.wait(10)
    ticker.stop()
    ticker.stop()


def test_the_seconds_of_a_long_step_go_on_by_themselves() -> None:
    class Watched(Terminal):
        def write(self, text: str) -> int:
            if " · 5 s" in text:
                moved_on.set()
            return super().write(text)

    moved_on, terminal, clock = threading.Event(), Watched(), Clock()
    screen = Screen({}, terminal, terminal, clock=clock, tick_seconds=0.001)
    screen.progress("running pytest")
    clock.now += 5
    assert moved_on.wait(10)
    screen.close()
    assert seen(terminal) == ""


@pytest.mark.parametrize(("seconds", "shown"), [(0.9, "0 s"), (59.9, "59 s"), (60, "1 min 00 s"), (754, "12 min 34 s")])
def test_times_are_said_as_people_say_them(seconds: float, shown: str) -> None:
    assert elapsed(seconds) == shown


def test_on_github_foreign_output_commands_nothing_until_it_is_over() -> None:
    out = io.StringIO()
    screen = Screen(GITHUB, out, io.StringIO())
    with pytest.raises(KeyboardInterrupt):
        interrupted(screen)
    first, foreign, blank, last = out.getvalue().splitlines()
    match = re.fullmatch(r"::stop-commands::(covgate-[0-9a-f]{32})", first)
    assert match is not None
    assert (foreign, blank, last) == ("::error::from the suite", "", f"::{match[1]}::")


def interrupted(screen: Screen) -> None:
    with screen.foreign_output() as line:
        line("::error::from the suite")
        raise KeyboardInterrupt


def test_each_foreign_output_has_its_own_token() -> None:
    out = io.StringIO()
    screen = Screen(GITHUB, out, io.StringIO())
    for _ in "ab":
        with screen.foreign_output():
            pass
    assert len(set(re.findall("covgate-[0-9a-f]+", out.getvalue()))) == 2


def test_on_github_only_commands_command() -> None:
    out = io.StringIO()
    screen = Screen(GITHUB, out, io.StringIO())
    screen.commands("::warning file=a.py,line=3::missed\n")
    screen.text("::error::a file's name")
    screen.tell("a\r  ::set-output name=x::1")
    screen.progress("##[error]x")
    assert [line for line in re.split("[\r\n]", out.getvalue()) if commands(line)] == [
        "::warning file=a.py,line=3::missed"
    ]


def commands(line: str) -> bool:
    """What the runner takes for a command."""
    return line.lstrip().startswith("::") or "##[" in line


@given(st.text(alphabet=st.sampled_from(":# [\r\n\t \x0b\x85\u2028ab")))
def test_no_line_of_a_harmless_text_commands(text: str) -> None:
    assert not any(commands(line) for line in re.split("[\r\n]", harmless(text)))


def test_signs_that_a_stream_lacks_do_not_end_a_run() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Screen({}, stream, io.StringIO()).text("✓ naïve")
    stream.seek(0)
    assert stream.read() == "? na?ve\n"


def test_a_reader_that_goes_away_is_not_missed() -> None:
    program = "from covgate.shell.screen import Screen\nscreen = Screen({})\nfor _ in 'ab': screen.text('report')\n"
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-c", program], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_stream_is_no_terminal_and_takes_nothing() -> None:
    closed = io.StringIO()
    closed.close()
    Screen({}, closed, closed).text("report")
