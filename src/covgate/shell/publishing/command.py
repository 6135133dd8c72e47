"""`covgate publish` and `mode: publish`: settings and real ports in, exit code out."""

from collections.abc import Mapping
from pathlib import Path

from covgate.errors import ComparisonError
from covgate.model.place import Place
from covgate.ports import Forge
from covgate.render import report_files
from covgate.shell.authorities import authorities
from covgate.shell.container import ContainerPhases
from covgate.shell.forge.forge import forge
from covgate.shell.forge.place import place
from covgate.shell.git.repository import find_root
from covgate.shell.output import OutputFolder, run_output
from covgate.shell.publishing.artifact import artifact_folder
from covgate.shell.publishing.publication import Publication
from covgate.shell.publishing.pulls import GitHubPullRequests
from covgate.shell.screen import Screen
from covgate.shell.wiring import INPUT, Invocation, directory, in_action, settings_of, told


def execute_publication(invocation: Invocation, environment: Mapping[str, str]) -> int:
    """Posts another run's report. No repository is needed for it: where there is one, its settings hold.

    Errors: CovgateError where there is nothing to publish from; the summary says so by then.
    """
    here = place(environment, lambda path: Path(path).read_bytes())
    token = environment.get(f"{INPUT}GITHUB-TOKEN") or environment.get("GITHUB_TOKEN", "")
    around = directory(invocation, environment).resolve()
    with told(here, environment, None):
        root = root_around(around, environment)
        settings, _ = settings_of(invocation, root, environment)
        out = OutputFolder.given(root, settings.out, inside=in_action(environment))
        source = artifact_folder(settings.data, around, (root, out.path))
        out.prepare(report_files())
        phases = ContainerPhases.found(environment, root, out.path)
    trusted = authorities(environment)

    def forge_of(there: Place) -> Forge:
        return forge(there, token, settings.publish.author, trusted)

    pulls = GitHubPullRequests(here, token, trusted)
    with run_output(environment, out, Screen(environment)) as output:
        try:
            return Publication(here, settings, source, pulls, forge_of, output, invocation.publish).run()
        finally:
            if phases:
                phases.hand_over()


def root_around(around: Path, environment: Mapping[str, str]) -> Path:
    """The repository's root, or the directory itself where there is no repository."""
    try:
        return find_root(around, environment)
    except ComparisonError:
        return around
