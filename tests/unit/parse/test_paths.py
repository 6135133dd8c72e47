import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covgate.model.snapshot import PathMapping
from covgate.parse.paths import candidates, match_paths

ROOT = "/repo"
SRC = ("src/shop/__init__.py", "src/shop/cart.py", "src/shop/tax/__init__.py", "setup.py")


@pytest.mark.parametrize(
    "path",
    ["src/shop/cart.py", "./src/shop/cart.py", "src//shop/cart.py", "src/x/../shop/cart.py", "/repo/src/shop/cart.py"],
)
def test_a_path_of_this_repository_is_itself_and_nothing_to_show(path: str) -> None:
    matches = match_paths([path], SRC, ROOT)
    assert matches.paths == {path: "src/shop/cart.py"}
    assert matches.mapped == ()


@pytest.mark.parametrize(
    "path",
    [
        "/home/runner/work/shop/shop/src/shop/cart.py",
        "/opt/venv/lib/python3.13/site-packages/shop/cart.py",
        "C:\\agent\\_work\\1\\s\\src\\shop\\cart.py",
        "d:/a/shop/src/shop/cart.py",
        "src\\shop\\cart.py",
        "shop/cart.py",
        "repo/src/shop/cart.py",
    ],
)
def test_a_path_of_another_place_is_found_by_its_end(path: str) -> None:
    assert match_paths([path], SRC, ROOT).paths == {path: "src/shop/cart.py"}


def test_a_path_found_by_its_end_is_shown() -> None:
    matches = match_paths(["/app/src/shop/cart.py"], SRC, ROOT)
    assert matches.mapped == (PathMapping("/app/src/shop/cart.py", "src/shop/cart.py"),)


def test_the_longest_end_wins() -> None:
    tree = ("shop/cart.py", "src/shop/cart.py")
    assert match_paths(["/app/src/shop/cart.py"], tree, ROOT).paths == {"/app/src/shop/cart.py": "src/shop/cart.py"}


def test_a_path_that_fits_several_files_is_not_guessed() -> None:
    tree = ("one/shop/cart.py", "two/shop/cart.py")
    matches = match_paths(["/app/shop/cart.py"], tree, ROOT)
    assert (matches.paths, matches.ambiguous) == ({}, ("/app/shop/cart.py",))


def test_files_beside_it_settle_what_fits_several() -> None:
    tree = ("one/shop/cart.py", "two/shop/cart.py", "one/shop/only_here.py")
    given = ["/app/shop/cart.py", "/app/shop/only_here.py"]
    assert match_paths(given, tree, ROOT).paths["/app/shop/cart.py"] == "one/shop/cart.py"


def test_files_beside_it_that_disagree_settle_nothing() -> None:
    tree = ("one/shop/cart.py", "two/shop/cart.py", "one/shop/first.py", "two/shop/second.py")
    given = ["/app/shop/cart.py", "/app/shop/first.py", "/app/shop/second.py"]
    assert match_paths(given, tree, ROOT).ambiguous == ("/app/shop/cart.py",)


def test_the_name_alone_is_not_enough_on_another_machine() -> None:
    assert match_paths(["/usr/lib/python3/json/cart.py"], SRC, ROOT).unknown == ("/usr/lib/python3/json/cart.py",)


def test_a_name_at_the_top_is_found_beside_files_of_the_same_place() -> None:
    given = ["/app/src/shop/cart.py", "/app/setup.py"]
    assert match_paths(given, (*SRC, "tools/setup.py"), ROOT).paths["/app/setup.py"] == "setup.py"


@pytest.mark.parametrize("path", ["../src/shop/cart.py", "a/../../shop/cart.py", "..\\cart.py", "", ".", "/", ".."])
def test_a_path_that_leads_out_is_none_of_ours(path: str) -> None:
    assert match_paths([path], SRC, ROOT).unknown == (path,)


def test_an_absolute_path_cannot_climb_above_its_top() -> None:
    assert candidates("/../../repo/setup.py", ROOT) == ("setup.py",)
    assert candidates("/repo/../etc/passwd", ROOT) == ()


def test_a_report_s_root_comes_before_the_bare_path() -> None:
    tree = ("cart.py", "src/shop/cart.py")
    assert match_paths(["cart.py"], tree, ROOT, ["/repo/src/shop"]).paths == {"cart.py": "src/shop/cart.py"}
    assert match_paths(["cart.py"], tree, ROOT, ["/app/src/shop"]).paths == {"cart.py": "src/shop/cart.py"}
    assert match_paths(["cart.py"], tree, ROOT, ["src/shop"]).paths == {"cart.py": "src/shop/cart.py"}


def test_a_root_that_helps_nothing_leaves_the_bare_path() -> None:
    assert match_paths(["cart.py"], ("cart.py", "src/shop/cart.py"), ROOT, ["/app"]).paths == {"cart.py": "cart.py"}


def test_a_path_below_several_roots_is_not_guessed() -> None:
    tree = ("one/cart.py", "two/cart.py")
    assert match_paths(["cart.py"], tree, ROOT, ["/repo/one", "/repo/two"]).ambiguous == ("cart.py",)


NAMES = st.lists(st.sampled_from(["a", "b", "src", "x.py", "y.py", "..", "."]), min_size=1, max_size=5).map("/".join)


@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6), st.sampled_from(["", "/", "/repo/", "C:\\"]))
@settings(max_examples=80)
def test_every_path_is_found_or_ambiguous_or_unknown(given: list[str], tree: list[str], top: str) -> None:
    ours = {path for path in tree if not {"..", "."} & set(path.split("/"))}
    paths = {top + path for path in given}
    matches = match_paths(paths, ours, ROOT)
    assert {*matches.paths, *matches.ambiguous, *matches.unknown} == paths
    assert len(matches.paths) + len(matches.ambiguous) + len(matches.unknown) == len(paths)
    assert set(matches.paths.values()) <= ours
