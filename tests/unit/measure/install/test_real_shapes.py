"""Shapes of projects as they are found: the names of real packages' files, extras and groups."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from covgate.measure.install.plan import install_plan

HATCHLING = '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "x"\n'
SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\n'


def groups(*names: str) -> str:
    return "[dependency-groups]\n" + "".join(f'{name} = ["pytest"]\n' for name in names)


def extras(*names: str) -> str:
    return "[project.optional-dependencies]\n" + "".join(f'{name} = ["pytest"]\n' for name in names)


@dataclass(frozen=True)
class Shape:
    """A project's files, and what is to be installed of it."""

    like: str
    files: Mapping[str, str]
    found: str


SHAPES = (
    Shape(
        "attrs",
        {"pyproject.toml": HATCHLING + groups("mypy", "tests", "cov", "docs", "dev"), "tox.ini": "", "uv.lock": ""},
        "uv.lock, group tests, the project",
    ),
    Shape(
        "click",
        {
            "pyproject.toml": HATCHLING
            + groups("dev", "docs", "pre-commit", "tests", "typing")
            + '[tool.uv]\ndefault-groups = ["dev", "pre-commit", "tests", "typing"]\n',
            "uv.lock": "",
        },
        "uv.lock, group tests, the project",
    ),
    Shape(
        "iniconfig",
        {"pyproject.toml": HATCHLING + groups("dev"), "setup.cfg": "[sdist]\nformats = gztar\n", "uv.lock": ""},
        "uv.lock, group dev, the project",
    ),
    Shape(
        "platformdirs",
        {"pyproject.toml": HATCHLING + groups("dev", "test", "type", "docs", "fix", "pkg-meta")},
        "group test, the project",
    ),
    Shape(
        "pathspec",
        {"pyproject.toml": SETUPTOOLS + extras("hyperscan", "optional", "re2", "tests"), "setup.py": "setup()"},
        "the project with extras tests",
    ),
    Shape("yamllint", {"pyproject.toml": SETUPTOOLS + extras("dev")}, "the project with extras dev"),
    Shape("idna", {"pyproject.toml": HATCHLING + extras("all")}, "the project"),
    Shape(
        "itsdangerous",
        {
            "pyproject.toml": HATCHLING,
            "requirements/dev.txt": "-r tests.txt",
            "requirements/tests.txt": "pytest==8.1",
            "tox.ini": "[testenv]\ndeps = -r requirements/tests.txt\n",
        },
        "requirements/tests.txt, the project",
    ),
    Shape(
        "python-dotenv",
        {
            "pyproject.toml": SETUPTOOLS,
            "requirements.txt": "pytest\n",
            "tox.ini": "[testenv]\ndeps =\n  pytest\n  py{310,311}: click\n",
        },
        "requirements.txt, what tox.ini lists, the project",
    ),
    Shape(
        "parso",
        {"setup.py": "setup(extras_require={'testing': [], 'qa': []})", "pytest.ini": ""},
        "the project with extras testing",
    ),
    Shape(
        "cleo",
        {
            "pyproject.toml": '[build-system]\n[tool.poetry.group.dev.dependencies]\npytest = "^7.1"\n'
            '[tool.poetry.group.doc.dependencies]\nSphinx = "^5.2"\n',
            "poetry.lock": "",
        },
        "group dev, the project, in the versions of poetry.lock",
    ),
    Shape(
        "a Poetry application that is no package",
        {
            "pyproject.toml": '[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\npython = "^3.12"\n'
            'django = "^5.0"\n[tool.poetry.dev-dependencies]\npytest-django = "*"\n',
            "poetry.lock": "",
        },
        "group dev, the project's dependencies, in the versions of poetry.lock",
    ),
    Shape(
        "a Django site with requirements by environment",
        {"requirements/base.txt": "", "requirements/local.txt": "-r base.txt", "setup.cfg": "[flake8]\n"},
        "requirements/base.txt, requirements/local.txt",
    ),
    Shape("a script with its requirements", {"requirements.txt": "requests\n"}, "requirements.txt"),
    Shape(
        "a service of pip-tools",
        {"requirements.txt": "a==1 --hash=sha256:aa\n", "requirements-dev.txt": "", "pyproject.toml": "[tool.black]\n"},
        "requirements.txt, requirements-dev.txt",
    ),
    Shape(
        "a project of setup.cfg",
        {"setup.py": "setup()", "setup.cfg": "[options.extras_require]\ntest =\n  pytest\ndocs =\n  sphinx\n"},
        "the project with extras test",
    ),
    Shape(
        "a project of Hatch that says it only there",
        {"pyproject.toml": HATCHLING + '[tool.hatch.envs.default]\ndependencies = ["pytest", "coverage[toml]"]\n'},
        "what Hatch's environment default lists, the project",
    ),
    Shape("nothing but modules", {"setup.cfg": "[flake8]\n"}, "nothing"),
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.like)
def test_a_project_is_installed_as_its_own_developers_do(shape: Shape) -> None:
    assert install_plan(shape.files, "/plan").found == shape.found
