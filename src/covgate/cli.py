"""Composition root: settings in, real ports in, exit code out."""

import argparse
import difflib
import gc
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn

from covgate import __version__
from covgate.errors import CovgateError, Interrupted, SettingsError, bug

MANY_OBJECTS = 200_000
"""Between two searches for garbage: by default they take a tenth of loading and reading, and find little."""
WIDEST = 100
"""Columns of an error's words: longer lines are hard to read."""
MOST_DIGITS = 9
DESCRIPTION = "A coverage gate for Python teams: measures the change, tells what to test next, and holds the line."
EXIT_CODES = """\
exit codes:
  0  passed                       5  the change could not be compared with its base
  1  gate failed                  6  not published, where publish.required is set
  2  settings cannot be used      70  a bug in covgate
  3  suite failed (with report)   130, 143  interrupted
  4  coverage could not be measured
"""


def entry() -> NoReturn:
    """The console script."""
    gc.set_threshold(MANY_OBJECTS)
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Runs one command and returns its exit code.

    Errors: none; every CovgateError ends here as a message and its code, and so does a bug.
    """
    try:
        options = parsed(arguments)
        return int(options.command(options, os.environ if environment is None else environment))
    except KeyboardInterrupt:
        return ended(Interrupted(2))
    except CovgateError as error:
        return ended(error)
    except Exception as error:  # noqa: BLE001  # exit code 1 would say that the gate failed
        traceback.print_exc()
        return ended(bug(error))


def ended(error: CovgateError) -> int:
    """Tells of the error and returns the exit code."""
    from covgate.render.failure import failure_text  # noqa: PLC0415  # `--version` needs none of it

    width = min(shutil.get_terminal_size((WIDEST, 0)).columns, WIDEST)
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(failure_text(error, width).encode(encoding, "backslashreplace").decode(encoding))
    return error.exit_status


class Parser(argparse.ArgumentParser):
    """A command line whose mistakes are told like all others, and whose options are written out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Ends the parsing.

        Errors: SettingsError.
        """
        raise SettingsError(message, hint=self.more)

    @property
    def more(self) -> str:
        """Where to look."""
        return f"`{self.prog} --help` tells what it takes."

    def instead_of(self, option: str) -> str:
        """What was most likely meant by an option that does not exist."""
        if option == "--data":
            return "`covgate report --data …` reads coverage that was measured earlier, and runs no suite."
        near = difflib.get_close_matches(option, self._option_string_actions, 1)
        return f"Did you mean `{near[0]}`?" if near else self.more


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its options.

    Errors: SettingsError for what does not exist, with what comes near; SystemExit after `--help` and `--version`.
    """
    options, strange = parser().parse_known_args(arguments)
    if strange:
        command: Parser = options.parser
        name = strange[0].partition("=")[0]
        raise SettingsError(f"`{command.prog}` does not take `{name}`", hint=command.instead_of(name))
    return options


def parser() -> Parser:
    """The command line."""
    top = Parser(
        prog="covgate",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"covgate {__version__}")
    top.set_defaults(command=without_command, parser=top)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    add_run(commands.add_parser)
    add_report(commands.add_parser)
    add_publish(commands.add_parser)
    add_gaps(commands.add_parser)
    add_trend(commands.add_parser)
    add_config(commands.add_parser)
    return top


# Options that stand for settings: name, metavar, help.
SETTINGS = (
    ("base", "REV", "compare with this (default: the pull request's base, else the merge base)"),
    ("out", "DIR", "where reports are written (default: .covgate/)"),
    ("python", "PYTHON", "the suite's interpreter, a path or a version (default: the project's own)"),
)
SUITE_SETTINGS = (
    ("command", "TEXT", "the suite's command (default: what the repository uses)"),
    ("timeout", "TIME", "the longest time that the suite may run, as in 30m"),
    ("rerun", "WHEN", "run the suite on the base too: auto, always or never (default: auto)"),
    ("shard", "NAME", "measure as this one of `suite.shards`, and give no verdict"),
)
Add = Callable[..., "Parser"]


def add_run(add: Add) -> None:
    """`covgate run`."""
    run = add("run", help="run the suite, judge the change, tell people")
    add_place(run)
    add_settings(run, (*SETTINGS, *SUITE_SETTINGS))
    run.set_defaults(command=run_command, from_data=False, parser=run)


def add_report(add: Add) -> None:
    """`covgate report`."""
    report = add("report", help="the same from coverage data made earlier")
    report.add_argument("--data", nargs="+", required=True, metavar="PATH", help="data files, reports, folders, globs")
    add_place(report)
    add_settings(report, SETTINGS)
    report.set_defaults(command=run_command, from_data=True, parser=report)


def add_publish(add: Add) -> None:
    """`covgate publish`."""
    publish = add("publish", help="post the report of another run, for pull requests from forks")
    source = "the folder that the other run's artifact was downloaded to"
    publish.add_argument("--from", dest="source", required=True, metavar="DIR", help=source)
    add_place(publish)
    add_settings(publish, (setting for setting in SETTINGS if setting[0] == "out"))
    publish.set_defaults(command=publish_command, parser=publish)


GAPS_SETTINGS = (
    ("strategy", "NAME", "which gaps come first: impact (the default), triage or risk"),
    ("target", "PERCENT", "what each file should reach (default: 50)"),
    ("top", "N", "show the first N files (default: 5)"),
    ("out", "DIR", "where gaps.json and plan.md are written (default: .covgate/)"),
    *(setting for setting in (*SETTINGS, *SUITE_SETTINGS) if setting[0] in ("python", "command", "timeout")),
)


def add_gaps(add: Add) -> None:
    """`covgate gaps`."""
    gaps = add("gaps", help="rank what is worth testing next in the whole project")
    add_format(gaps)
    gaps.add_argument("--only", nargs="+", default=[], metavar="PATH", help="plan these files, folders or globs alone")
    sources = gaps.add_mutually_exclusive_group()
    sources.add_argument("--data", nargs="+", default=[], metavar="PATH", help="read coverage made earlier")
    sources.add_argument("--run", action="store_true", help="run the suite even where a stored snapshot is there")
    add_place(gaps)
    for name, metavar, words in GAPS_SETTINGS:
        gaps.add_argument(f"--{name}", dest=f"setting_{name}", metavar=metavar, help=words)
    gaps.add_argument("-v", "--verbose", action="store_true", help="tell how each setting came about")
    gaps.set_defaults(command=gaps_command, parser=gaps)


def add_trend(add: Add) -> None:
    """`covgate trend`."""
    trend = add("trend", help="show how the default branch's coverage moved")
    add_format(trend)
    trend.add_argument(
        "--limit", type=positive, default=30, metavar="N", help="show the newest N commits (default: 30)"
    )
    add_place(trend)
    trend.set_defaults(command=trend_command, parser=trend)


def add_format(options: Parser) -> None:
    """How to print what a command shows."""
    forms = ("terminal", "json", "markdown")
    words = "terminal (the default), json for programs, markdown for GitHub"
    options.add_argument("--format", dest="form", choices=forms, default=forms[0], metavar="FORMAT", help=words)


def positive(text: str) -> int:
    """A whole number above 0.

    Errors: argparse's, with what to write instead.
    """
    if text.isascii() and text.isdecimal() and 0 < len(text) <= MOST_DIGITS and int(text):
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")


def add_config(add: Add) -> None:
    """`covgate config check|show|schema`."""
    config = add("config", help="check, show or describe .covgate.yml")
    config.add_argument("what", choices=["check", "show", "schema"])
    add_place(config)
    config.set_defaults(command=config_command, parser=config)


def add_place(options: Parser) -> None:
    """Where to work."""
    options.add_argument("--repo", default="", metavar="DIR", help="the repository (default: around this directory)")
    options.add_argument("--config", default="", metavar="FILE", help="settings (default: .covgate.yml)")


def add_settings(options: Parser, settings: Iterable[tuple[str, str, str]]) -> None:
    """Options that stand for settings, and those about telling."""
    for name, metavar, words in settings:
        options.add_argument(f"--{name}", dest=f"setting_{name}", metavar=metavar, help=words)
    options.add_argument("--no-publish", action="store_true", help="post nothing")
    options.add_argument("-v", "--verbose", action="store_true", help="tell how each setting came about")


def without_command(_: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """No command: the action calls it so; on a terminal the help is what is wanted."""
    from covgate.shell.wiring import action, in_action  # noqa: PLC0415  # `--version` needs none of it

    if in_action(environment):
        return action(environment)
    parser().print_help()
    return 0


def run_command(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """`covgate run` and `covgate report`."""
    from covgate.shell.wiring import Invocation, execute  # noqa: PLC0415  # `--version` needs none of it

    given = given_settings(options)
    if options.from_data:
        given["data"] = options.data
    return execute(
        Invocation(options.repo, options.config, given, not options.no_publish, options.from_data, options.verbose),
        environment,
    )


def given_settings(options: argparse.Namespace) -> dict[str, object]:
    """Options that stand for settings, by the settings' names."""
    dashes = "setting_"
    return {name.removeprefix(dashes): value for name, value in vars(options).items() if name.startswith(dashes)}


def publish_command(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """`covgate publish`."""
    from covgate.shell.wiring import Invocation, execute  # noqa: PLC0415  # `--version` needs none of it

    given = {"data": [os.path.abspath(options.source)], "out": options.setting_out}  # noqa: PTH100  # pathlib is slow
    asked = Invocation(options.repo, options.config, given, not options.no_publish, published=True)
    return execute(asked, environment)


def gaps_command(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """`covgate gaps`."""
    from covgate.shell.gaps_command import GapsAsked, gaps  # noqa: PLC0415  # `--version` needs none of it
    from covgate.shell.wiring import Invocation  # noqa: PLC0415  # `--version` needs none of it
    from covgate.steps.outlooks import Asked  # noqa: PLC0415  # `--version` needs none of it

    what = Asked(tuple(options.data), tuple(options.only), rerun=options.run)
    invocation = Invocation(options.repo, options.config, given_settings(options), verbose=options.verbose)
    return gaps(GapsAsked(options.form, what), invocation, environment)


def trend_command(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """`covgate trend`."""
    from covgate.shell.trend import TrendAsked, trend  # noqa: PLC0415  # `--version` needs none of it
    from covgate.shell.wiring import Invocation  # noqa: PLC0415  # `--version` needs none of it

    return trend(TrendAsked(options.form, options.limit), Invocation(options.repo, options.config), environment)


def config_command(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """`covgate config …`."""
    from covgate.shell.wiring import config  # noqa: PLC0415  # `--version` needs none of it

    return config(options.what, options.repo, options.config, environment)
