"""What measuring costs in the image: the suites of real packages, bare and under covgate, in turn in one container.

Ends with 1 where one takes more than 1.15 of its bare time. Needs Docker and a network. The suites take several
seconds: loading and ending coverage.py costs about 0.4 s whatever the suite, which is much of a very short one.
"""

import json
import os
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCKER = "/usr/bin/docker" if Path("/usr/bin/docker").exists() else "docker"
IMAGE = "covgate-bench"
ALLOWED_RATIO = 1.15
ROUNDS = 5
PYTHON = "/venv/bin/python"


@dataclass(frozen=True, slots=True)
class Package:
    """A release whose source distribution holds its suite, and what the suite needs."""

    release: str
    needs: str
    suite: str = "pytest -q -p no:cacheprovider"


PACKAGES = (
    Package("attrs==25.4.0", "pytest hypothesis cloudpickle"),
    Package("click==8.3.0", "'pytest<9'"),
    Package("more-itertools==10.8.0", "pytest"),
    Package("packaging==25.0", "pytest pretend"),
)
PREPARE = """
set -e
git config --global maintenance.auto false
git config --global user.name Bench; git config --global user.email bench@example.com
uv venv -q /venv
VIRTUAL_ENV=/venv uv pip install -q pip coverage {needs}
{python} -m pip download -q --no-deps --no-binary :all: -d /download {release}
mkdir -p /package; tar xzf /download/*.tar.gz -C /package --strip-components 1
cd /package; VIRTUAL_ENV=/venv uv pip install -q -e .
git init -q -b main; git commit -q --allow-empty -m Empty; git switch -q -c change; git add -A; git commit -q -m Release
chown -R {user} /package /venv
"""
USER = "1001:1001"
"""Not root: covgate measures in the venv that is given, as on a terminal, and the suites want no root either."""


def main() -> int:
    """Builds the image, measures each package, prints a line for each."""
    build = [DOCKER, "build", "-q", "-t", IMAGE, "-f", str(ROOT / "Dockerfile"), str(ROOT)]
    subprocess.run(build, env={**os.environ, "DOCKER_BUILDKIT": "1"}, check=True, stdout=subprocess.DEVNULL)
    ratios = [measure(package) for package in PACKAGES]
    sys.stdout.write(f"\nworst: {max(ratios):.2f} of the bare time, {ALLOWED_RATIO:.2f} allowed\n")
    return 1 if max(ratios) > ALLOWED_RATIO else 0


def measure(package: Package) -> float:
    """The shortest time under covgate over the shortest bare one: what disturbs a run only ever makes it longer."""
    with container() as name:
        execute(name, PREPARE.format(python=PYTHON, needs=package.needs, release=package.release, user=USER))
        times = [(bare_seconds(name, package), measured_seconds(name, package)) for _ in range(ROUNDS)]
    bare, measured = min(seconds for seconds, _ in times), min(seconds for _, seconds in times)
    sys.stdout.write(f"{package.release:25} bare {bare:7.2f} s   covgate {measured:7.2f} s   {measured / bare:.2f}\n")
    sys.stdout.flush()
    return measured / bare


@contextmanager
def container() -> Iterator[str]:
    """A container of the image that waits for work."""
    name = f"{IMAGE}-{uuid.uuid4().hex[:8]}"
    run = [DOCKER, "run", "-d", "--rm", "--name", name, "--network", "host", "--entrypoint", "sleep", IMAGE, "infinity"]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    try:
        yield name
    finally:
        subprocess.run([DOCKER, "kill", name], check=True, stdout=subprocess.DEVNULL)


def execute(name: str, script: str, user: str = "root", accepted: tuple[int, ...] = (0,)) -> str:
    """Runs a shell's text in the container and answers what it printed."""
    command = [DOCKER, "exec", "--user", user, "--env", "HOME=/tmp", name, "sh", "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in accepted:
        raise SystemExit(f"{script}\n{done.stdout}{done.stderr}")
    return done.stdout


def bare_seconds(name: str, package: Package) -> float:
    """The suite alone."""
    started = time.perf_counter()
    execute(name, f"cd /package && {PYTHON} -m {package.suite}", USER)
    return time.perf_counter() - started


def measured_seconds(name: str, package: Package) -> float:
    """The suite as covgate ran it, without what covgate does before and after; a failed gate is a result, too."""
    options = f"--base main --python {PYTHON} --command {shlex.quote(package.suite)} --out /tmp/out --no-publish"
    execute(name, f"cd /package && /opt/covgate/bin/python -I -m covgate run {options}", USER, accepted=(0, 1))
    seconds = json.loads(execute(name, "cat /tmp/out/report.json"))["suite"]["seconds"]
    return float(seconds)


if __name__ == "__main__":
    sys.exit(main())
