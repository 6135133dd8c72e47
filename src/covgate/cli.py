"""Composition root: settings in, real ports in, exit code out."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from covgate import __version__
from covgate.errors import NOT_EVALUATED, CovgateError, Interrupted

DESCRIPTION = "A coverage gate for Python teams: measures the change, tells what to test next, and holds the line."
EXIT_CODES = """\
exit codes:
  0  passed                       4  coverage could not be measured
  1  gate failed                  5  the change could not be compared with its base
  2  settings cannot be used      6  not published, where publish.required is set
  3  suite failed (with report)   130, 143  interrupted
"""


def entry() -> NoReturn:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Runs one command and returns its exit code.

    Errors: none; every CovgateError ends here as a message and its code.
    """
    options = parser().parse_args(arguments)
    try:
        return int(options.command(options, os.environ if environment is None else environment))
    except Interrupted as interrupted:
        return interrupted.exit_status
    except CovgateError as error:
        tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        return Interrupted(2).exit_status


def tell(error: CovgateError) -> None:
    """What happened, where, that no gate was evaluated, what to do next."""
    where = f"  in: {error.where}\n" if error.where else ""
    hint = f"  try: {error.hint}\n" if error.hint else ""
    sys.stderr.write(f"covgate: {error.what}\n{where}{hint}  {NOT_EVALUATED}\n")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="covgate",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"covgate {__version__}")
    top.set_defaults(command=without_command)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    run = commands.add_parser("run", parents=[common()], help="run the suite, judge the change, tell people")
    run.set_defaults(command=run_command, from_data=False)
    report = commands.add_parser("report", parents=[common()], help="the same from coverage data made earlier")
    report.add_argument("--data", nargs="+", required=True, metavar="PATH", help="data files, reports, folders, globs")
    report.set_defaults(command=run_command, from_data=True)
    add_config_command(commands)
    return top


# Options that stand for settings: name, metavar, help.
SETTINGS = (
    ("base", "REV", "compare with this (default: the pull request's base, else the merge base)"),
    ("out", "DIR", "where reports are written (default: .covgate/)"),
    ("command", "TEXT", "the suite's command (default: what the repository uses)"),
    ("python", "PYTHON", "the suite's interpreter, a path or a version (default: the project's own)"),
    ("timeout", "TIME", "the longest time that the suite may run, as in 30m"),
    ("shard", "NAME", "this run's name among several"),
)


def common() -> argparse.ArgumentParser:
    """Options that run and report share."""
    options = argparse.ArgumentParser(add_help=False)
    add_place(options)
    for name, metavar, words in SETTINGS:
        options.add_argument(f"--{name}", dest=f"setting_{name}", metavar=metavar, help=words)
    options.add_argument("--no-publish", action="store_true", help="post nothing")
    options.add_argument("-v", "--verbose", action="store_true", help="tell how each setting came about")
    return options


def add_place(options: argparse.ArgumentParser) -> None:
    """Where to work."""
    options.add_argument("--repo", default="", metavar="DIR", help="the repository (default: around this directory)")
    options.add_argument("--config", default="", metavar="FILE", help="settings (default: .covgate.yml)")


def add_config_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`covgate config check|show|schema`."""
    config = commands.add_parser("config", help="check, show or describe .covgate.yml")
    config.add_argument("what", choices=["check", "show", "schema"])
    add_place(config)
    config.set_defaults(command=config_command)


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

    given = {name: getattr(options, f"setting_{name}") for name, _, _ in SETTINGS}
    if options.from_data:
        given["data"] = options.data
    return execute(
        Invocation(options.repo, options.config, given, not options.no_publish, options.from_data, options.verbose),
        environment,
    )


def config_command(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """`covgate config …`."""
    from covgate.shell.wiring import config  # noqa: PLC0415  # `--version` needs none of it

    return config(options.what, options.repo, options.config, environment)
