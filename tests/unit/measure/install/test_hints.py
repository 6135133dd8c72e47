import pytest

from covgate.measure.install.hints import hint
from covgate.measure.install.plan import install_plan
from covgate.measure.install.project import project_of

TOX = """
[tox]
envlist = py311
[testenv]
deps =
    pytest>=7  # the runner
    hypothesis
    py38: importlib-metadata
    -r{toxinidir}/ci/tests.txt
    -c constraints.txt
    {[base]deps}
    .[speed]
extras = unit
commands = pytest
"""


def test_what_tox_installs_is_read_without_what_only_tox_understands() -> None:
    found = hint(project_of({"tox.ini": TOX}))
    assert found.where == "tox.ini"
    assert found.arguments == ("pytest>=7", "hypothesis", "-r", "ci/tests.txt", "-c", "constraints.txt")
    assert found.extras == ("unit", "speed")


def test_tox_is_asked_only_where_nothing_is_called_test() -> None:
    project = "[build-system]\n[project.optional-dependencies]\nunit = []\n"
    plan = install_plan({"pyproject.toml": project, "tox.ini": TOX}, "/plan")
    assert plan.steps[0][-4:] == ("-c", "constraints.txt", "-e", ".[unit]")
    assert plan.why == "there is no lock, and only tox.ini tells what the tests need"

    named = install_plan({"pyproject.toml": project, "tox.ini": TOX, "requirements-test.txt": ""}, "/plan")
    assert named.steps[0][4:] == ("-r", "requirements-test.txt", "-e", ".")


@pytest.mark.parametrize(
    ("path", "text", "arguments"),
    [
        ("pyproject.toml", '[tool.tox]\nlegacy_tox_ini = "[testenv]\\ndeps = pytest"\n', ("pytest",)),
        ("pyproject.toml", '[tool.tox.env_run_base]\ndeps = ["pytest", "-r x.txt"]\n', ("pytest", "-r", "x.txt")),
        ("tox.toml", '[env_run_base]\ndeps = ["pytest"]\n', ("pytest",)),
        ("tox.toml", "[env_run_base", ()),
        ("pyproject.toml", '[tool.hatch.envs.test]\ndependencies = ["pytest"]\n', ("pytest",)),
        ("pyproject.toml", '[tool.hatch.envs.hatch-test]\nextra-dependencies = ["x"]\n', ("x",)),
        ("setup.cfg", "[options]\ntests_require =\n    nose\n    mock\n", ("nose", "mock")),
        ("setup.py", "setup(tests_require=['mock'])", ("mock",)),
        pytest.param("setup.py", f"setup(tests_require={'-' * 200_000}1)", (), id="too deep for Python's parser"),
        ("tox.ini", "[testenv]\ndeps = pytest\ndeps = twice\n", ()),
        ("tox.ini", "[tox]\nskipsdist = true\n", ()),
    ],
)
def test_every_place_that_tells_is_read(path: str, text: str, arguments: tuple[str, ...]) -> None:
    assert hint(project_of({path: text})).arguments == arguments


def test_groups_that_an_environment_names_are_taken_if_the_project_has_them() -> None:
    text = (
        '[build-system]\n[dependency-groups]\nunit-test = ["pytest"]\n'
        '[tool.tox.env_run_base]\ndependency_groups = ["unit_test", "gone"]\n'
    )
    assert install_plan({"pyproject.toml": text}, "/plan").steps[0][4:] == ("--group", "unit-test", "-e", ".")
