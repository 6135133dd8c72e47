import pytest

from covgate.measure.addopts import PytestOptions, pytest_options


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\naddopts = --cov=shop --cov-config=ci.rc\n"),
        ("setup.cfg", "[tool:pytest]\naddopts =\n    --cov shop\n    --cov-config ci.rc\n"),
        ("tox.ini", "[pytest]\naddopts = --cov=shop --cov=shop --cov-config=old.rc --cov-config=ci.rc\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = ['--cov=shop', '--cov-config=ci.rc']\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--cov=shop --cov-config=ci.rc'\n"),
        ("pyproject.toml", "[tool.pytest]\naddopts = ['--cov=shop', '--cov-config=ci.rc']\n"),
        ("pytest.toml", "[pytest]\naddopts = ['--cov=shop', '--cov-config=ci.rc']\n"),
    ],
)
def test_options_are_found_wherever_pytest_finds_them(name: str, text: str) -> None:
    assert pytest_options({name: text}) == PytestOptions(configured=True, sources=("shop",), config_file="ci.rc")


def test_the_first_file_that_configures_pytest_is_the_only_one() -> None:
    texts = {"setup.cfg": "[tool:pytest]\naddopts = --cov=old\n", "pytest.ini": "[pytest]\naddopts = --cov=new\n"}
    assert pytest_options(texts).sources == ("new",)
    assert pytest_options({**texts, "pytest.ini": ""}) == PytestOptions(configured=True)


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"tox.ini": "[testenv]\n"},
        {"pyproject.toml": "[project]\nname = 'a'\n"},
        {"pyproject.toml": "[tool]\npytest = 3\n"},
        {"pyproject.toml": "not toml"},
        {"setup.cfg": "no section\n"},
        {"setup.cfg": "[tool:pytest]\naddopts = 'open\n"},
    ],
)
def test_what_does_not_configure_pytest_says_nothing(texts: dict[str, str]) -> None:
    assert pytest_options(texts) == PytestOptions()


def test_a_bare_cov_names_no_source_and_the_command_line_adds_its_own() -> None:
    options = pytest_options({"pytest.ini": "[pytest]\naddopts = --cov\n"}, ("--cov", "-x", "--cov=shop", "-n4"))
    assert (options.sources, options.parallel) == (("shop",), True)
