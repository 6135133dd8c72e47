"""`covgate trend`: the history of the default branch, printed."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from covgate.model.history import HistoryLine
from covgate.render.trend.command import trend_json, trend_markdown, trend_terminal
from covgate.shell.authorities import authorities
from covgate.shell.baselines import baselines
from covgate.shell.forge.place import place
from covgate.shell.forge.questions import Questions
from covgate.shell.git.process import FetchCredentials
from covgate.shell.git.repository import GitRepository, find_root
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
    settings, _ = settings_of(invocation, root, environment)
    screen = Screen(environment, quiet=True)
    history = history_of(root, settings.baseline.branch, environment)
    screen.text(shown(asked, history if isinstance(history, tuple) else (), screen))
    if isinstance(history, str):
        screen.tell(f"covgate: {history}")
    return 0


def history_of(root: Path, branch: str, environment: Mapping[str, str]) -> tuple[HistoryLine, ...] | str:
    """The history on the data branch of this name, or why there is none."""
    here = place(environment, lambda path: Path(path).read_bytes())
    token = environment.get("GITHUB_TOKEN", "")
    credentials = FetchCredentials.given(here.server_url, token)
    questions = Questions(here, token, authorities(environment))
    with (
        closing(GitRepository(root, environment, here, credentials, questions.merge_base)) as repository,
        baselines(here, branch, repository, credentials, environment) as stored,
    ):
        return stored.read_history()


def shown(asked: TrendAsked, history: tuple[HistoryLine, ...], screen: Screen) -> str:
    """The history as it was asked for, in as many columns as there are."""
    match asked.form:
        case "json":
            return trend_json(history, asked.limit)
        case "markdown":
            return trend_markdown(history, asked.limit)
        case _:
            return trend_terminal(history, asked.limit, screen.width, colour=screen.colour)
