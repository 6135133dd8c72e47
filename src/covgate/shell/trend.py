"""`covgate trend`: the history of the default branch, printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from covgate.model.history import HistoryLine
from covgate.render.trend.command import trend_json, trend_markdown, trend_terminal
from covgate.shell.baselines import NoBaselines
from covgate.shell.git.repository import find_root
from covgate.shell.screen import Screen
from covgate.shell.wiring import Invocation, directory, settings_of


@dataclass(frozen=True, slots=True)
class TrendAsked:
    """What of the history is to be shown, and how.

    Shape:  `form` is "terminal", "json" or "markdown"; `limit` how many of the newest commits.
    """

    form: str
    limit: int


def trend(asked: TrendAsked, invocation: Invocation, environment: Mapping[str, str]) -> int:
    """Prints the history, and answers the exit code: 0, where there is none as well.

    Errors: CovgateError where there is no repository, or the settings cannot be used.
    """
    root = find_root(directory(invocation, environment), environment)
    settings_of(invocation, root, environment)
    screen = Screen(environment, quiet=True)
    screen.text(shown(asked, NoBaselines().history(), screen))
    return 0


def shown(asked: TrendAsked, history: tuple[HistoryLine, ...], screen: Screen) -> str:
    """The history as it was asked for, in as many columns as there are."""
    match asked.form:
        case "json":
            return trend_json(history, asked.limit)
        case "markdown":
            return trend_markdown(history, asked.limit)
        case _:
            return trend_terminal(history, asked.limit, screen.width, colour=screen.colour)
