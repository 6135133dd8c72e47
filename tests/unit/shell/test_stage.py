"""Where the suite runs, and what is kept of it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.doubles.ports import FakeSuite
from tests.sketch import sketch

from covgate.errors import MeasurementError, SettingsError
from covgate.ports import KeptData, Measurement, Suite, SuiteOrder
from covgate.settings import load
from covgate.shell.output import OutputFolder, RunOutput, run_output
from covgate.shell.screen import Screen
from covgate.shell.stage import HeardSuite, SuitesByDirectory, project_directory, stage
from covgate.shell.subdirectory import InDirectory

HEAD = sketch("[cart.py]\n .TOTAL = 1\n").head
ON_GITHUB = {"GITHUB_ACTIONS": "true"}


class Heard:
    """A suite with one line to say, whose coverage is kept in `kept`."""

    def __init__(self, folder: Path, *, on_github: bool = True, failure: Exception | None = None) -> None:
        self.stdout, self.stderr = io.StringIO(), io.StringIO()
        environment = ON_GITHUB if on_github else {}
        screen = Screen(environment, self.stdout, self.stderr)
        self.folder = OutputFolder.given(folder, "")
        self.output: RunOutput = run_output(environment, self.folder, screen)
        self.inner = FakeSuite(HEAD, failure=failure)
        data = folder / "data"
        data.write_bytes(b"coverage")
        self.suite = HeardSuite(self.made, self.output, [KeptData(str(data), "")])

    def made(self, say: Callable[[str], None]) -> Suite:
        say("::error::from a test")
        return self.inner

    def measure(self, order: SuiteOrder | None = None) -> Measurement:
        return self.suite.measure(order or SuiteOrder())

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.path.iterdir() if not path.name.startswith("."))


def test_what_a_suite_says_commands_nothing(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.measure()
    heard.suite.read(["x.xml"], SuiteOrder())
    lines = [line for line in heard.stdout.getvalue().splitlines() if line]
    stop, said, go = lines[1:4]
    assert (stop.startswith("::stop-commands::"), said) == (True, "::error::from a test")
    assert go == f"::{stop.removeprefix('::stop-commands::')}::"
    assert [line for line in lines if line.startswith("::stop")] == [stop, lines[5]]


def test_the_coverage_is_kept_when_all_goes_well(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.measure()
    assert heard.files == ["coverage.data"]
    assert (heard.folder.path / "coverage.data").read_bytes() == b"coverage"


def test_the_coverage_is_kept_and_told_of_when_reading_it_goes_wrong(tmp_path: Path) -> None:
    heard = Heard(tmp_path, on_github=False, failure=MeasurementError("no answer"))
    with pytest.raises(MeasurementError):
        heard.measure()
    assert heard.files == ["coverage.data"]
    assert "kept in .covgate/coverage.data" in heard.stderr.getvalue()


def test_a_shard_s_coverage_is_kept_by_the_shard(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.folder.prepare()
    heard.measure(SuiteOrder(keep_data=True))
    assert heard.files == []


def test_coverage_of_the_run_before_is_gone_when_the_suite_starts(tmp_path: Path) -> None:
    heard = Heard(tmp_path)
    heard.folder.write("coverage.data", "old")
    heard.suite.kept.clear()
    heard.measure()
    assert heard.files == []


def test_the_scratch_folder_is_gone_afterwards(tmp_path: Path) -> None:
    output = run_output({}, OutputFolder.given(tmp_path, ""), Screen({}, io.StringIO(), io.StringIO()))
    settings, said = load(None, ".covgate.yml", {}, {}), list[str]()
    with stage(tmp_path, tmp_path, settings, phases=None, environment={}, output=output) as suite:
        heard = suite_for(suite, SuiteOrder())
        assert isinstance(heard, HeardSuite)
        inner = heard.made(said.append)
        scratch = Path(getattr(inner, "scratch", ""))
        assert scratch.is_dir()
    assert not scratch.exists()
    with stage(tmp_path, tmp_path / "api", settings, phases=None, environment={}, output=output) as suite:
        found = suite_for(suite, SuiteOrder())
        assert isinstance(found, InDirectory)
        assert found.directory == "api"


def suite_for(suite: Suite, order: SuiteOrder) -> object:
    """The suite that this order goes to."""
    assert isinstance(suite, SuitesByDirectory)
    return suite.suite_of(order)


def test_a_component_s_suite_runs_in_its_directory_and_keeps_its_coverage_apart(tmp_path: Path) -> None:
    (tmp_path / "services" / "the api").mkdir(parents=True)
    output = run_output({}, OutputFolder.given(tmp_path, ""), Screen({}, io.StringIO(), io.StringIO()))
    settings = load(None, ".covgate.yml", {}, {})
    order = SuiteOrder(component="the api", directory="services/the api")
    with stage(tmp_path, tmp_path, settings, phases=None, environment={}, output=output) as suite:
        found = suite_for(suite, order)
    assert isinstance(found, InDirectory)
    assert isinstance(found.inner, HeardSuite)
    assert (found.directory, found.inner.data) == ("services/the api", "coverage.the-api.data")


def test_a_component_s_directory_does_not_lead_out_of_the_repository(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "api").symlink_to(tmp_path)
    output = run_output({}, OutputFolder.given(root, ""), Screen({}, io.StringIO(), io.StringIO()))
    settings = load(None, ".covgate.yml", {}, {})
    with (
        stage(root, root, settings, phases=None, environment={}, output=output) as suite,
        pytest.raises(SettingsError, match="components: api: there is no such directory"),
    ):
        suite_for(suite, SuiteOrder(component="api", directory="api"))


@pytest.mark.parametrize(("wanted", "found"), [(".", "."), ("api", "api"), ("api/", "api"), ("api/..", ".")])
def test_the_project_s_directory_is_found_below_the_root(tmp_path: Path, wanted: str, found: str) -> None:
    (tmp_path / "api").mkdir()
    assert project_directory(tmp_path, wanted) == tmp_path / found


@pytest.mark.parametrize("wanted", ["gone", "link", "..", "file"])
def test_a_directory_that_is_not_there_or_not_within_is_refused(tmp_path: Path, wanted: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    (root / "file").touch()
    with pytest.raises(SettingsError, match="no such directory in the repository"):
        project_directory(root, wanted)
