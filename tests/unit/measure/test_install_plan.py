import pytest

from covgate.errors import MeasurementError
from covgate.measure.install_plan import install_plan, is_wanted

BUILT = '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "shop"\n'


def test_a_repository_that_names_nothing_installs_nothing() -> None:
    plan = install_plan({})
    assert plan.arguments == ()
    assert plan.words == "nothing"


def test_a_pyproject_with_settings_of_tools_only_is_no_project() -> None:
    assert install_plan({"pyproject.toml": "[tool.ruff]\nline-length = 100\n"}).arguments == ()


def test_a_project_is_installed_editable_so_that_coverage_sees_the_checkout() -> None:
    assert install_plan({"pyproject.toml": BUILT}).arguments == ("-e", ".")


def test_extras_and_groups_that_stand_for_testing_are_installed_and_others_are_not() -> None:
    extras = '[project.optional-dependencies]\ntest = ["pytest"]\ndocs = ["sphinx"]\n'
    text = BUILT + extras + '[dependency-groups]\ndev = ["tox"]\nlint = []\n'
    plan = install_plan({"pyproject.toml": text})
    assert plan.arguments == ("--group", "dev", "-e", ".[test]")
    assert plan.words == "group dev, the project with extras test"


def test_requirements_files_and_the_project_are_resolved_together() -> None:
    texts = {"setup.py": "", "requirements.txt": "", "requirements/test.txt": ""}
    assert install_plan(texts).arguments == ("-r", "requirements.txt", "-r", "requirements/test.txt", "-e", ".")


def test_what_is_for_developing_is_left_out_where_something_is_for_testing() -> None:
    text = BUILT + "[dependency-groups]\ndev = []\ntests = []\n[project.optional-dependencies]\ndev = []\n"
    texts = {"pyproject.toml": text, "requirements-dev.txt": "", "test-requirements.txt": "", "requirements.txt": ""}
    assert install_plan(texts).arguments == (
        *("-r", "requirements.txt", "-r", "test-requirements.txt"),
        *("--group", "tests", "-e", ".[dev]"),
    )


def test_extras_of_a_setup_cfg_are_found() -> None:
    texts = {"setup.py": "", "setup.cfg": "[options.extras_require]\ntesting =\n    pytest\n"}
    assert install_plan(texts).arguments == ("-e", ".[testing]")


def test_of_a_project_that_cannot_be_built_only_the_dependencies_are_installed() -> None:
    text = '[project]\nname = "app"\n[project.optional-dependencies]\ntests = ["pytest"]\n'
    assert install_plan({"pyproject.toml": text}).arguments == ("-r", "pyproject.toml", "--extra", "tests")


@pytest.mark.parametrize(
    "path",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements_test.txt",
        "dev-requirements.txt",
        "test_requirements.txt",
        "requirements/tests.txt",
        "pyproject.toml",
        "setup.py",
        "setup.cfg",
    ],
)
def test_files_of_the_usual_names_are_wanted(path: str) -> None:
    assert is_wanted(path)


@pytest.mark.parametrize(
    "path", ["dev.txt", "docs/requirements.txt", "requirements-docs.txt", "requirements.in", "src/setup.py"]
)
def test_other_files_are_not_wanted(path: str) -> None:
    assert not is_wanted(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [("pyproject.toml", "[project\n"), ("setup.cfg", "no section\n"), ("setup.cfg", "[a]\nx=1\nx=2\n")],
)
def test_a_broken_file_is_named_with_the_line_that_overrides_it(path: str, text: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        install_plan({path: text})
    assert caught.value.where == path
    assert "install:" in caught.value.hint


def test_odd_shapes_in_a_pyproject_are_taken_for_nothing() -> None:
    assert install_plan({"pyproject.toml": 'project = 3\ndependency-groups = "dev"\n'}).arguments == (
        "-r",
        "pyproject.toml",
    )
