"""`covgate gaps`: what to test next in the whole project."""

import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from covgate.model.plan import Outlook
from covgate.render.brief import brief
from covgate.render.formats.plan import LIMIT
from covgate.render.gaps_table import gaps_table
from covgate.render.records.gaps_values import gaps_text
from covgate.settings import show
from covgate.shell.authorities import authorities
from covgate.shell.baselines import baselines
from covgate.shell.component_roots import refuse_missing_roots
from covgate.shell.container import ContainerPhases
from covgate.shell.forge.place import place
from covgate.shell.forge.questions import Questions
from covgate.shell.git.process import FetchCredentials
from covgate.shell.git.repository import GitRepository, find_root
from covgate.shell.output import OutputFolder, RunOutput, run_output
from covgate.shell.phases import stop_on_signals
from covgate.shell.screen import Screen
from covgate.shell.stage import project_directory, stage
from covgate.shell.wiring import Invocation, directory, handed_over, in_action, settings_of
from covgate.steps.outlooks import Asked, project_outlook

GAPS, PLAN = "gaps.json", "plan.md"


@dataclass(frozen=True, slots=True)
class GapsAsked:
    """What is to be told, and how; `form` is "terminal", "json" or "markdown"."""

    form: str
    what: Asked


def gaps(asked: GapsAsked, invocation: Invocation, environment: Mapping[str, str]) -> int:
    """Prints the gaps and the plan and keeps both in the output folder; the exit code: 0, or 3 where the suite failed.

    Errors: CovgateError as of a run.
    """
    stop_on_signals()
    here = place(environment, lambda path: Path(path).read_bytes())
    token = environment.get("GITHUB_TOKEN", "")
    root = find_root(directory(invocation, environment), environment)
    settings, _ = settings_of(invocation, root, environment)
    credentials = FetchCredentials.given(here.server_url, token)
    questions = Questions(here, token, authorities(environment))
    repository = GitRepository(root, environment, here, credentials, questions.merge_base)
    folder = OutputFolder.given(root, settings.out, inside=in_action(environment))
    phases = ContainerPhases.found(environment, root, folder.path)
    with handed_over(phases):
        folder.prepare((GAPS, PLAN))
        project = project_directory(root, settings.working_directory)
        refuse_missing_roots(root, settings)
    screen = screen_for(asked.form, environment)
    with (
        closing(repository),
        run_output(environment, folder, screen) as output,
        baselines(here, settings.baseline.branch, repository, credentials, environment) as stored,
        stage(root, project, settings, phases=phases, environment=environment, output=output) as suite,
    ):
        if invocation.verbose:
            output.tell(show(settings))
        found = project_outlook(asked.what, settings, repository, suite, stored)
        told = Told(asked.form, settings.gaps.top, output, screen, environment)
        told.tell(found)
    return 3 if found.failing else 0


def screen_for(form: str, environment: Mapping[str, str]) -> Screen:
    """Where people read: the standard error where a program reads the standard output."""
    return Screen(environment) if form == "terminal" else Screen(environment, stdout=sys.stderr)


@dataclass(frozen=True, slots=True)
class Told:
    """Where and how the answer is told."""

    form: str
    top: int
    output: RunOutput
    screen: Screen
    environment: Mapping[str, str]

    def tell(self, found: Outlook) -> None:
        """Writes gaps.json and plan.md, and prints what was asked for."""
        data, text = gaps_text(found), brief(found, LIMIT)
        self.output.write(GAPS, data)
        path = self.output.write(PLAN, text)
        if self.form != "terminal":
            self.output.progress("")
            Screen(self.environment, quiet=True).text(data if self.form == "json" else text)
            return
        self.output.show(gaps_table(found, self.top, self.screen.width, colour=self.screen.colour))
        if path and found.plan.files:
            self.output.tell(f"covgate: {path} is the brief to work from, or to hand to an assistant")
