"""Plans for projects with a lock."""

import json

import pytest

from covgate.measure.install.pins import Pin, constraints
from covgate.measure.install.plan import install_plan

PROJECT = '[build-system]\nrequires = ["poetry-core"]\n'
POETRY = """
[[package]]
name = "PyTest"
version = "8.4.0"
groups = ["test"]
files = [{file = "a.whl", hash = "sha256:aa"}, {file = "b.tar.gz", hash = "md5:bb"}]

[[package]]
name = "numpy"
version = "1.26.0"
markers = "python_version < '3.10'"
files = []

[[package]]
name = "numpy"
version = "2.3.0"
markers = "python_version >= '3.10'"
files = []

[[package]]
name = "shared"
version = "1"
[package.source]
type = "directory"
url = "libs/shared"
"""


def test_uv_reads_its_own_lock_with_what_is_for_testing() -> None:
    text = (
        PROJECT
        + '[project]\nname = "x"\n'
        + "[project.optional-dependencies]\ntest = []\n[dependency-groups]\ntests = []\ndev = []\n"
    )
    plan = install_plan({"pyproject.toml": text, "uv.lock": "", "requirements.txt": ""}, "/plan")
    assert plan.steps == (
        ("uv", "sync", "--quiet", "--frozen", "--active", "--no-default-groups", "--group", "tests", "--extra", "test"),
    )
    assert plan.found == "uv.lock, group tests, extra test, the project"
    assert plan.override == "uv sync --frozen --active --no-default-groups --group tests --extra test"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("[dependency-groups]\ndev = []\n", ("--no-default-groups", "--group", "dev")),
        ("[tool.uv]\ndev-dependencies = ['pytest']\n", ("--no-default-groups", "--group", "dev")),
        (
            "[dependency-groups]\ndev = []\nqa = []\n[tool.uv]\ndefault-groups = ['qa']\n",
            ("--no-default-groups", "--group", "qa"),
        ),
        ("[dependency-groups]\nqa = []\n[tool.uv]\ndefault-groups = 'all'\n", ("--all-groups",)),
        ("[tool.uv.workspace]\nmembers = ['libs/*']\n", ("--all-packages", "--no-default-groups")),
    ],
)
def test_the_project_s_own_word_to_uv_is_taken_where_nothing_is_called_test(
    text: str, options: tuple[str, ...]
) -> None:
    plan = install_plan({"pyproject.toml": text, "uv.lock": ""}, "/plan")
    assert plan.steps[0][5:] == options


def test_versions_and_hashes_of_a_poetry_lock_hold_for_what_pyproject_names() -> None:
    groups = '[tool.poetry.group.test.dependencies]\npytest = "*"\nshared = {path = "libs/shared", develop = true}\n'
    plan = install_plan({"pyproject.toml": PROJECT + groups, "poetry.lock": POETRY, "requirements.txt": ""}, "/plan")
    assert plan.steps[0][4:] == (
        *("--constraints", "/plan/poetry-lock.txt"),
        *("pytest", "-e", "libs/shared", "-e", "."),
    )
    assert plan.files["poetry-lock.txt"].splitlines() == [
        "numpy==1.26.0 ; python_version < '3.10'",
        "numpy==2.3.0 ; python_version >= '3.10'",
        "pytest==8.4.0 --hash=sha256:aa",
    ]
    assert plan.override == "pip install poetry && poetry install --with test"


def test_hashes_of_an_old_poetry_lock_are_found_at_its_end() -> None:
    lock = '[[package]]\nname = "six"\nversion = "1"\n[metadata.files]\nsix = [{file = "s", hash = "sha256:cc"}]\n'
    plan = install_plan({"pyproject.toml": PROJECT, "poetry.lock": lock}, "/plan")
    assert plan.files["poetry-lock.txt"] == "six==1 --hash=sha256:cc\n"


def test_a_package_with_several_versions_is_free_where_the_lock_does_not_say_which_holds_where() -> None:
    pins = (Pin("a", "1"), Pin("a", "2", "python_version > '3'"), Pin("b", "1", "os_name == 'nt'"))
    assert constraints(pins) == "b==1\n"


def test_a_pdm_lock_holds_for_the_groups_that_pyproject_names() -> None:
    lock = (
        '[[package]]\nname = "pytest"\nversion = "8.4.0"\nmarker = "python_version >= \\"3.9\\""\n'
        'groups = ["test"]\nfiles = [{file = "x", hash = "sha256:dd"}]\n'
        '[[package]]\nname = "coverage"\nversion = "7.10"\nextras = ["toml"]\nfiles = []\n'
        '[[package]]\nname = "coverage"\nversion = "7.10"\nfiles = []\n'
        '[[package]]\nname = "mine"\nversion = "0"\npath = "./mine"\neditable = true\n'
    )
    text = PROJECT + '[project]\nname = "x"\n[dependency-groups]\ntest = ["pytest"]\nlint = []\n'
    plan = install_plan({"pyproject.toml": text, "pdm.lock": lock}, "/plan")
    assert plan.steps[0][4:] == ("--constraints", "/plan/pdm-lock.txt", "--group", "test", "-e", ".")
    assert plan.files["pdm-lock.txt"] == "coverage==7.10\npytest==8.4.0 --hash=sha256:dd\n"
    assert plan.override == "pip install pdm && pdm sync -G test"


def test_a_pipfile_lock_is_read_as_requirements() -> None:
    lock = {
        "_meta": {},
        "default": {
            "flask": {"version": "==3.0", "hashes": ["sha256:ee"], "markers": "python_version >= '3.8'"},
            "mine": {"editable": True, "path": "."},
            "tool": {"git": "https://example.com/tool.git", "ref": "abc"},
        },
        "develop": {"pytest": {"version": "==8.4", "extras": ["dev"], "index": "pypi"}, "any": {"version": "*"}},
    }
    plan = install_plan({"Pipfile.lock": json.dumps(lock), "setup.py": ""}, "/plan")
    assert plan.steps[0][4:] == ("-r", "/plan/pipfile-lock.txt", "-e", ".")
    assert plan.files["pipfile-lock.txt"].splitlines() == [
        "flask==3.0 ; python_version >= '3.8' --hash=sha256:ee",
        "tool @ git+https://example.com/tool.git@abc",
        "pytest[dev]==8.4",
        "any",
    ]


def test_the_project_beside_a_pipfile_is_installed_where_the_lock_does_not_hold_it() -> None:
    plan = install_plan({"Pipfile.lock": "{}", "pyproject.toml": PROJECT}, "/plan")
    assert plan.steps[0][4:] == ("-r", "/plan/pipfile-lock.txt", "-e", ".")


def test_a_lock_of_odd_shapes_pins_nothing() -> None:
    lock = (
        'metadata = 3\npackage = [3, {name = 1}, {name = "a", version = 2}, {name = "b", version = "1", files = "x"}]\n'
    )
    plan = install_plan({"pyproject.toml": PROJECT, "poetry.lock": lock}, "/plan")
    assert plan.files["poetry-lock.txt"] == "b==1\n"
