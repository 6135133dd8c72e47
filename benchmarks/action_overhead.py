"""What the action costs beside installation and suite: a small project, in the container, as a runner does it.

Compares a step of the action, from `docker run` to its end, with the same installation and the bare suite in the same
image, in turn. Prints the image's size and what starting it for `--version` takes as well. Ends with 1 where the
difference is over a second. Needs Docker and a package index; GitHub is the tests' double on this machine.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.container.conftest import PROJECT
from tests.container.origin import Origin
from tests.container.runner import DOCKER, NUMBER, REPOSITORY, RUNNER_UID, TOKEN, Job, Pull, give_to_runner
from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull as KnownPull
from tests.doubles.github_state import Repository, State, Token

ROOT = Path(__file__).parents[1]
IMAGE = "covgate-bench"
ROUNDS = 7
ALLOWED_SECONDS = 1.0
CHANGE = {"shop/tax.py": "def tax(price):\n    return price // 5\n"}
ONE_SUITE = {".covgate.yml": "baseline: {rerun: never}\n"}
"""A base whose coverage nobody knows would be run as well."""
BARE = """
export UV_CACHE_DIR=/github/runner_temp/covgate-cache/uv UV_LINK_MODE=copy HOME=/tmp VIRTUAL_ENV=/tmp/venv
uv venv -q --python /usr/local/bin/python3 /tmp/venv
uv pip install -q --group test
uv pip install -q 'coverage>=7.2'
/tmp/venv/bin/python -m pytest -q -p no:cacheprovider
"""


def main() -> int:
    """Builds the image, measures, prints a table."""
    build = [DOCKER, "build", "-q", "-t", IMAGE, "-f", str(ROOT / "Dockerfile"), str(ROOT)]
    subprocess.run(build, env={**os.environ, "DOCKER_BUILDKIT": "1"}, check=True, stdout=subprocess.DEVNULL)
    size = subprocess.run(
        [DOCKER, "image", "inspect", "--format", "{{.Size}}", IMAGE], check=True, capture_output=True, text=True
    )
    version = min(seconds([DOCKER, "run", "--rm", IMAGE, "--version"]) for _ in range(ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        action, bare = measured(Path(folder))
    sys.stdout.write(f"image                         {int(size.stdout) / 1e6:7.0f} MB\n")
    sys.stdout.write(f"docker run … --version        {version:7.2f} s\n")
    sys.stdout.write(f"installation and bare suite   {bare:7.2f} s\n")
    sys.stdout.write(f"the action                    {action:7.2f} s\n")
    sys.stdout.write(f"difference                    {action - bare:7.2f} s, {ALLOWED_SECONDS:.2f} s allowed\n")
    return 1 if action - bare > ALLOWED_SECONDS else 0


def measured(folder: Path) -> tuple[float, float]:
    """The shortest times of the action and of the suite alone: what disturbs a round only makes it longer.

    Shape:  the first round fills the cache and does not count.
    """
    state = State(repositories={REPOSITORY: Repository(REPOSITORY)}, tokens={TOKEN: Token("github-actions[bot]")})
    with Origin(folder / "origin", REPOSITORY, TOKEN) as origin, GitHub(state) as github:
        base = origin.commit("main", {**PROJECT, **ONE_SUITE})
        pull = Pull(base, origin.commit("change", CHANGE), origin.merge("change", NUMBER))
        state.repositories[REPOSITORY].pulls[NUMBER] = KnownPull(NUMBER, base, pull.head_sha)
        job = Job(folder / "job", IMAGE, origin, github.url, pull)
        rounds = [(action_seconds(job), bare_seconds(job)) for _ in range(ROUNDS + 1)][1:]
    return min(one for one, _ in rounds), min(other for _, other in rounds)


def action_seconds(job: Job) -> float:
    """One step of the action; the untested change fails its gate."""
    started = time.perf_counter()
    step = job.run()
    taken = time.perf_counter() - started
    if step.exit_code != 1:
        raise SystemExit(step.log)
    return taken


def bare_seconds(job: Job) -> float:
    """The same installation, and the suite without covgate."""
    give_to_runner(job.directory)
    volumes = [f"{job.directory}/{name}:/github/{name}" for name in ("workspace", "runner_temp")]
    run = [DOCKER, "run", "--rm", "--network", "host", "--user", f"{RUNNER_UID}:{RUNNER_UID}"]
    run += [part for volume in volumes for part in ("-v", volume)]
    return seconds([*run, "--workdir", "/github/workspace", "--entrypoint", "sh", job.image, "-ec", BARE])


def seconds(command: list[str]) -> float:
    """How long a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
