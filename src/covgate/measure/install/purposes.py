"""Names under which projects keep what their tests need: extras, dependency groups and requirements files."""

import re
from collections.abc import Collection, Iterable

TESTING = ("test", "tests", "testing")
DEVELOPING = ("dev", "develop", "development", "local")
CHECKING = ("ci",)
"""What is there for developing or for checking holds much else: each is taken only where nothing comes before it."""
RUNNING = ("base", "main", "common", "default", "requirements")
"""Files in a folder of requirements that hold what the project itself needs."""
_PURPOSE = "|".join((*TESTING, *DEVELOPING, *CHECKING))
REQUIREMENTS = re.compile(
    rf"(requirements/)?requirements([-_.](?P<a>{_PURPOSE}))?\.txt|(?P<b>{_PURPOSE})[-_.]requirements\.txt"
    rf"|requirements/((?P<c>{_PURPOSE})|{'|'.join(RUNNING)})\.txt|(?P<d>tests?)/requirements\.txt"
)


def purposes(names: Collection[str]) -> tuple[str, ...]:
    """Those of the names that stand for testing, else for developing, else for checking; as they are written."""
    by_name = {normal(name): name for name in names}
    for wanted in (TESTING, DEVELOPING, CHECKING):
        if found := tuple(by_name[name] for name in wanted if name in by_name):
            return found
    return ()


def is_for_testing(names: Iterable[str]) -> bool:
    """Whether one of the names stands for testing, not merely for developing."""
    return any(normal(name) in TESTING for name in names)


def normal(name: str) -> str:
    """A name as Python's packaging compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements_files(paths: Iterable[str]) -> tuple[str, ...]:
    """Those to install: what the project needs to run, and what its tests need."""
    by_purpose: dict[str, list[str]] = {}
    for path in sorted(path for path in paths if REQUIREMENTS.fullmatch(path)):
        by_purpose.setdefault(purpose_of(path), []).append(path)
    return tuple(path for purpose in ("", *purposes(by_purpose)) for path in by_purpose.get(purpose, ()))


def purpose_of(path: str) -> str:
    """What a requirements file is for; "" for the project itself."""
    match = REQUIREMENTS.fullmatch(path)
    return next(filter(None, match.groupdict().values()), "") if match else ""
