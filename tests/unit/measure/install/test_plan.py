"""Plans for projects without a lock."""

from collections.abc import Mapping

import pytest

from covgate.errors import MeasurementError
from covgate.measure.install.plan import all_set_ups, install_plan, is_wanted

BUILT = '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "shop"\n'


def arguments(texts: Mapping[str, str]) -> tuple[str, ...]:
    """What is handed to `uv pip install` for a project, less what every such step has."""
    steps = install_plan(texts, "/plan").steps
    return steps[0][4:] if steps else ()


def test_a_repository_that_names_nothing_installs_nothing() -> None:
    plan = install_plan({}, "/plan")
    assert plan.steps == ()
    assert plan.words[0] == "Installing: nothing"


def test_a_pyproject_with_settings_of_tools_only_is_no_project() -> None:
    assert arguments({"pyproject.toml": "[tool.ruff]\nline-length = 100\n"}) == ()


def test_a_project_is_installed_editable_so_that_coverage_sees_the_checkout() -> None:
    assert arguments({"pyproject.toml": BUILT}) == ("-e", ".")


def test_a_setup_cfg_beside_a_pyproject_without_a_build_system_is_a_project() -> None:
    texts = {"pyproject.toml": "[tool.ruff]\n", "setup.cfg": "[metadata]\nname = shop\n"}
    assert arguments(texts) == ("-e", ".")


def test_extras_and_groups_that_stand_for_testing_are_installed_and_others_are_not() -> None:
    extras = '[project.optional-dependencies]\ntest = ["pytest"]\ndocs = ["sphinx"]\n'
    text = BUILT + extras + '[dependency-groups]\ndev = ["tox"]\nlint = []\n'
    plan = install_plan({"pyproject.toml": text}, "/plan")
    assert plan.steps[0][4:] == ("--group", "dev", "-e", ".[test]")
    assert plan.found == "group dev, the project with extras test"


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("docs", "Test"), ("Test",)),
        (("tests", "dev", "ci"), ("tests",)),
        (("testing", "test"), ("test", "testing")),
        (("ci", "development"), ("development",)),
        (("ci", "docs"), ("ci",)),
        (("docs", "contest"), ()),
    ],
)
def test_groups_are_taken_for_testing_else_developing_else_checking(
    names: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    text = BUILT + "[dependency-groups]\n" + "".join(f"{name} = []\n" for name in names)
    assert arguments({"pyproject.toml": text})[1:-2:2] == chosen


def test_requirements_files_and_the_project_are_resolved_together() -> None:
    texts = {"setup.py": "", "requirements.txt": "", "requirements/test.txt": ""}
    assert arguments(texts) == ("-r", "requirements.txt", "-r", "requirements/test.txt", "-e", ".")


def test_files_that_ask_for_a_hash_of_everything_are_installed_before_what_has_none() -> None:
    plan = install_plan({"setup.py": "", "requirements.txt": "--require-hashes\n", "requirements-dev.txt": ""}, "/plan")
    assert [step[4:] for step in plan.steps] == [
        ("-r", "requirements.txt"),
        ("-r", "requirements-dev.txt", "-e", "."),
    ]
    assert plan.override == "uv pip install -r requirements.txt && uv pip install -r requirements-dev.txt -e ."


def test_what_is_for_developing_is_left_out_where_something_is_for_testing() -> None:
    text = BUILT + "[dependency-groups]\ndev = []\ntests = []\n[project.optional-dependencies]\ndev = []\n"
    texts = {"pyproject.toml": text, "requirements-dev.txt": "", "test-requirements.txt": "", "requirements.txt": ""}
    assert arguments(texts) == (
        *("-r", "requirements.txt", "-r", "test-requirements.txt"),
        *("--group", "tests", "-e", ".[dev]"),
    )


def test_extras_of_a_setup_cfg_are_found() -> None:
    texts = {"setup.py": "", "setup.cfg": "[options.extras_require]\ntesting =\n    pytest\n"}
    assert arguments(texts) == ("-e", ".[testing]")


@pytest.mark.parametrize(
    "script",
    [
        "setup(extras_require={'testing': ['pytest'], 'qa': []})",
        "extras = {'testing': ['pytest']}\nsetuptools.setup(name='x', extras_require=extras)",
        "EXTRAS_REQUIRE = dict(testing=['pytest'])\nsetup(**meta)",
    ],
)
def test_extras_that_a_setup_script_writes_down_are_found_without_running_it(script: str) -> None:
    assert arguments({"setup.py": script}) == ("-e", ".[testing]")


@pytest.mark.parametrize("script", ["setup(", "setup(extras_require=read('x'))", "\0", "(" * 3000])
def test_a_setup_script_that_cannot_be_read_is_a_project_all_the_same(script: str) -> None:
    assert arguments({"setup.py": script}) == ("-e", ".")


def test_of_a_project_that_cannot_be_built_only_the_dependencies_are_installed() -> None:
    text = '[project]\nname = "app"\n[project.optional-dependencies]\ntests = ["pytest"]\n'
    assert arguments({"pyproject.toml": text}) == ("-r", "pyproject.toml", "--extra", "tests")


def test_groups_that_only_poetry_or_pdm_can_read_are_installed_without_their_locks() -> None:
    poetry = '[build-system]\n[tool.poetry.group.test.dependencies]\npytest = "^8.1"\n'
    pdm = BUILT + '[tool.pdm.dev-dependencies]\ntest = ["pytest>=8"]\nlint = ["ruff"]\n'
    assert arguments({"pyproject.toml": poetry}) == ("pytest>=8.1,<9", "-e", ".")
    assert arguments({"pyproject.toml": pdm}) == ("pytest>=8", "-e", ".")


def test_the_three_lines_say_what_why_and_how_to_have_it_otherwise() -> None:
    words = install_plan({"pyproject.toml": BUILT, "requirements-dev.txt": ""}, "/plan").words
    setting = 'suite: {install: "uv pip install -r requirements-dev.txt -e ."}'
    assert words == (
        "Installing: requirements-dev.txt, the project",
        "Because: there is no lock, and these have names that stand for testing or developing",
        f"To install something else, change this line in .covgate.yml: {setting}",
    )


@pytest.mark.parametrize(
    "path",
    [
        *("requirements.txt", "requirements-dev.txt", "requirements_test.txt", "requirements-ci.txt"),
        *("dev-requirements.txt", "test_requirements.txt", "requirements/tests.txt", "requirements/base.txt"),
        *("tests/requirements.txt", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "pytest.ini"),
        *("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"),
    ],
)
def test_files_of_the_usual_names_are_wanted(path: str) -> None:
    assert is_wanted(path)


@pytest.mark.parametrize(
    "path", ["", "dev.txt", "docs/requirements.txt", "requirements-docs.txt", "requirements.in", "src/setup.py"]
)
def test_other_files_are_not_wanted(path: str) -> None:
    assert not is_wanted(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "[project\n"),
        ("pyproject.toml", f"a = {'[' * 10_000}"),
        ("setup.cfg", "no section\n"),
        ("setup.cfg", "[a]\nx=1\nx=2\n"),
        ("poetry.lock", "<<<<<<< HEAD\n"),
        ("pdm.lock", "=\n"),
        ("Pipfile.lock", "{"),
        ("Pipfile.lock", "[]"),
    ],
)
def test_a_broken_file_is_named_with_the_line_that_overrides_it(path: str, text: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        install_plan({path: text}, "/plan")
    assert caught.value.where == path
    assert "install:" in caught.value.hint


def test_odd_shapes_in_a_pyproject_are_taken_for_nothing() -> None:
    text = (
        'project = 3\ndependency-groups = "dev"\n[tool]\npoetry = 1\npdm = []\nuv = "x"\ntox = {}\nhatch = {envs = 2}\n'
    )
    assert arguments({"pyproject.toml": text}) == ()


def test_the_most_exact_set_up_comes_first() -> None:
    assert [set_up.id for set_up in all_set_ups()] == ["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "names"]
