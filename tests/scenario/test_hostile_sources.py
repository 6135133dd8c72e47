"""Sources as nobody would write them, counted as coverage.py counts them."""

import sys
from pathlib import Path

import pytest
from tests.scenario.measuring import assert_equal_to, coverage_json, measure, project
from tests.scenario.shop import shop as shop_repository

FORM_FEED = "import os\n\x0c\ndef one():\n    return os\n\x0c\n# a comment\n\n\ndef two():\n    return 2\n"
EVERYTHING = '''\
"""Everything that a statement may be."""
import functools; import os
try: import nothing_of_this_name
except ImportError: nothing = None
TEXT = """
\x0c
\x1c \u2028 \x85
"""
TOTAL = 1 + \\
    2 + \\
    3


def twice(f): return lambda *a: (f(*a),
                                 f(*a))


@twice
@functools.lru_cache(
    maxsize=None
)
def cached(
    a,
    b=lambda x: x if x else 0,
):
    def inner():
        nonlocal a
        a += 1; return a
    if a: return inner()
    return [x
            for x in range(3)
            if x > 5]


async def later(things):
    async with things as t:
        async for x in t:
            if x: break
        else: return 1
    return await t


def kind(x):
    match x:
        case {"a": 1, **rest} if rest: return "rest"
        case [1, *_]:
            return f"""{
                x
            }"""
        case _:
            return "other"


class Thing(
    object,
):
    value: int
    other: int = 1

    @property
    def p(self): return self.value

    def late(self):
        while True:
            with open(os.devnull) as a, \\
                 open(os.devnull) as b:
                return a, b
        return None  # never

    if TOTAL: pass
    else: del TOTAL


def excluded():  # pragma: no cover
    return 1


exec("def made(a):\\n    if a:\\n        return 1\\n    return 2\\n")
assert made(1)  # noqa
if __name__ == "__main__": cached(1)
'''
TEST = """
    from shop import strange


    def test_it():
        assert strange.kind([1, 2])
        assert strange.cached(1)
"""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"# -*- coding: latin-1 -*-\n" + text.replace("\u2028", "").encode("latin-1"),
        lambda text: text.removesuffix("\n").encode(),
    ],
    ids=["plain", "crlf", "cr", "bom", "latin-1", "no end"],
)
def test_every_kind_of_statement_and_line_end_counts_as_in_coverage_json(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]  # a lambda
    root = project(
        tmp_path / "project",
        {"shop/__init__.py": "", "tests/test_it.py": TEST, ".coveragerc": "[run]\nsource = shop\n"},
    )
    (root / "shop/strange.py").write_bytes(spoil(EVERYTHING))
    snapshot = measure(root, "python -m pytest").snapshot
    assert snapshot.branch.total > 0
    assert_equal_to(snapshot, coverage_json(root, ("-m", "pytest", "-q")))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_form_feeds_are_no_line_ends_to_a_report_that_is_given(tmp_path: Path, end: str) -> None:
    project = shop_repository(tmp_path / "shop")
    project.add({"shop/gnu.py": FORM_FEED.replace("\n", end).encode()})
    hits = {1: 1, 3: 1, 4: 0, 9: 1, 10: 0}
    lines = "".join(f"DA:{line},{count}\n" for line, count in hits.items())
    report = tmp_path / "lcov.info"
    report.write_text(f"TN:\nSF:shop/gnu.py\n{lines}end_of_record\n", encoding="utf-8")
    ended = project.covgate("report", "--data", str(report), "--python", sys.executable)
    diff = ended.report["diff"]["files"]["shop/gnu.py"]
    assert (diff["line"]["covered"], diff["line"]["total"]) == (3, 5)
    assert diff["missed_lines"] == [4, 10]


def test_a_module_in_one_line_of_git_s_is_judged_in_all_of_python_s(tmp_path: Path) -> None:
    project = shop_repository(tmp_path / "shop")
    project.add(
        {
            "shop/evil.py": b"import os\rdef evil(a):\r    if a:\r        return os\r    return 2\r",
            "tests/test_evil.py": "def test_evil():\n    import shop.evil\n\n    assert shop.evil\n",
        }
    )
    ended = project.run()
    assert (ended.code, ended.report["diff"]["files"]["shop/evil.py"]["missed_lines"]) == (1, [3, 4, 5])
