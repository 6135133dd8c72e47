"""Where the base's suite runs, and what it does not share with the head's."""

import os
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.ports import BaseTree, SuiteOrder
from covgate.shell.base_suite import BaseSuite, base_phases, clear, sources_first
from covgate.shell.container import ContainerPhases
from covgate.shell.output import OutputFolder, run_output
from covgate.shell.processes import Untrusted
from covgate.shell.screen import Screen

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
UID = 4711


def phases(folder: Path) -> ContainerPhases:
    """The container's phases after the head's suite, which left something where everybody may write."""
    for name in ("scratch", "shared", "workspace"):
        (folder / name).mkdir()
    left = folder / "shared/pytest.ini"
    left.write_text("[pytest]\naddopts = -k nothing\n", encoding="utf-8")
    (folder / "shared/deep/er").mkdir(parents=True)
    (folder / "shared/root.sock").touch()
    for place in (left, folder / "shared/deep", folder / "shared/deep/er"):
        os.chown(place, UID, UID)
    home = folder / "scratch/home"
    home.mkdir()
    return ContainerPhases(
        {"PATH": "/bin", "RUNNER_TEMP": "/github/runner_temp"},
        folder / "workspace",
        folder / "workspace/.covgate",
        Untrusted(UID, UID, str(home)),
        folder / "scratch",
        shared=(folder / "shared", folder / "not there"),
    )


def tree(folder: Path) -> Path:
    """A base that was laid out."""
    apart = folder / "apart"
    apart.mkdir(mode=0o700)
    (apart / "shop/src").mkdir(parents=True)
    (apart / "shop/src/cart.py").touch()
    return apart / "shop"


@as_root
def test_the_base_has_a_home_of_its_own_and_no_cache_that_a_change_could_have_filled(tmp_path: Path) -> None:
    head = phases(tmp_path)
    with base_phases(head, tree(tmp_path)) as base:
        home = Path(base.user.home)
        assert home != Path(head.user.home)
        assert list(home.iterdir()) == []
        assert (home.stat().st_uid, home.stat().st_mode & 0o777) == (UID, 0o700)
        assert base.venv.is_relative_to(home)
        assert "RUNNER_TEMP" not in base.environment


@as_root
def test_nobody_reaches_the_base_s_files_before_its_suite_runs(tmp_path: Path) -> None:
    base, head = tree(tmp_path), phases(tmp_path)
    before = base.parent.stat().st_mode & 0o777, (base / "src/cart.py").stat().st_uid
    with base_phases(head, base):
        after = base.parent.stat().st_mode & 0o777, (base / "src/cart.py").stat().st_uid
    assert (before, after) == ((0o700, 0), (0o755, UID))


@as_root
def test_what_one_suite_leaves_where_everybody_may_write_is_gone_before_the_other(tmp_path: Path) -> None:
    head, shared = phases(tmp_path), tmp_path / "shared"
    with base_phases(head, tree(tmp_path)):
        assert [path.name for path in shared.iterdir()] == ["root.sock"]
        left = shared / "left"
        left.touch()
        os.chown(left, UID, UID)
    assert [path.name for path in shared.iterdir()] == ["root.sock"]


@as_root
def test_clearing_follows_no_link(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    (kept / "inner").mkdir(parents=True)
    shared = tmp_path / "shared"
    shared.mkdir()
    link = shared / "link"
    link.symlink_to(kept)
    os.chown(link, UID, UID, follow_symlinks=False)
    clear((shared,), UID)
    assert list(shared.iterdir()) == []
    assert (kept / "inner").is_dir()


@as_root
def test_what_is_root_s_is_left_alone_where_the_suite_is_root(tmp_path: Path) -> None:
    (tmp_path / "covgate-1").mkdir()
    clear((tmp_path,), 0)
    assert (tmp_path / "covgate-1").is_dir()


def test_a_project_that_the_base_does_not_have_cannot_be_measured_there(tmp_path: Path) -> None:
    output = run_output({}, OutputFolder.given(tmp_path, ""), Screen({}))
    suite = BaseSuite(tmp_path, "services/api", str(tmp_path), {}, None, output)
    with pytest.raises(MeasurementError, match="does not have the project's directory"):
        suite.measure(BaseTree(str(tmp_path)), SuiteOrder())


def test_no_place_to_run_in_is_a_reason_and_no_bug(tmp_path: Path) -> None:
    output = run_output({}, OutputFolder.given(tmp_path, ""), Screen({}))
    suite = BaseSuite(tmp_path, "", str(tmp_path / "gone"), {}, None, output)
    with pytest.raises(MeasurementError, match="no place to run it in: No such file or directory"):
        suite.measure(BaseTree(str(tmp_path)), SuiteOrder())


@pytest.mark.parametrize(
    ("files", "given", "path"),
    [
        (["shop/__init__.py", "tests/test_a.py"], "", ""),
        (["src/shop/__init__.py"], "", "/src"),
        (["src/shop/__init__.py"], "/mine", "/src:/mine"),
    ],
)
def test_the_base_s_packages_come_before_installed_ones(
    tmp_path: Path, files: list[str], given: str, path: str
) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    environment = sources_first({"PYTHONPATH": given} if given else {}, tmp_path)
    assert environment["PYTHONPATH"] == f"{tmp_path}{path}"


def test_a_base_without_packages_leaves_the_path_as_it_is(tmp_path: Path) -> None:
    assert sources_first({"PYTHONPATH": "/mine"}, tmp_path) == {"PYTHONPATH": "/mine"}
    assert sources_first({}, tmp_path) == {}
