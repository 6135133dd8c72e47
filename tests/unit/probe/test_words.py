import ast
from textwrap import dedent

import pytest
from coverage.regions import code_regions

from covgate.probe.words import ArcWords, regions


def words_of(source: str, *arcs: tuple[int, int], statements: set[int] | None = None) -> list[str | None]:
    """Words for these arcs; every line that is not empty counts as a statement unless told otherwise."""
    text = dedent(source).lstrip("\n")
    counted = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    words = ArcWords(ast.parse(text), text, lambda line: line, counted if statements is None else statements)
    return [words.of(*arc) for arc in arcs]


def test_a_condition_was_never_true_or_never_false() -> None:
    source = """
        if retries > 3:
            stop()
        go_on()
    """
    assert words_of(source, (1, 2), (1, 3)) == ["`if retries > 3` never True", "`if retries > 3` never False"]


def test_an_elif_is_told_as_it_is_written() -> None:
    source = """
        if a:
            one()
        elif b:
            two()
        else:
            three()
    """
    assert words_of(source, (3, 4), (3, 6), (1, 3)) == [
        "`elif b` never True",
        "`elif b` never False",
        "`if a` never False",
    ]


def test_an_if_within_an_else_is_no_elif() -> None:
    source = """
        if a:
            one()
        else:
            if b:
                two()
    """
    assert words_of(source, (4, 5), (4, -1)) == ["`if b` never True", "`if b` never False"]


def test_loops_tell_of_their_body_and_of_their_end() -> None:
    source = """
        for item in cart:
            break
        while waiting:
            break
        end()
    """
    assert words_of(source, (1, 2), (1, 3), (3, 4), (3, 5)) == [
        "the body of `for item in cart` never runs",
        "`for item in cart` never runs to its end",
        "`while waiting` never True",
        "`while waiting` never False",
    ]


def test_the_else_of_a_loop_is_its_end() -> None:
    source = """
        async def f():
            async for item in cart:
                break
            else:
                end()
    """
    assert words_of(source, (2, 3), (2, 5)) == [
        "the body of `async for item in cart` never runs",
        "`async for item in cart` never runs to its end",
    ]


def test_cases_match_or_fail_to() -> None:
    source = """
        match order:
            case Paid(amount) if amount > 3:
                one()
            case Open():
                two()
    """
    assert words_of(source, (2, 3), (2, 4), (4, 5), (4, -1)) == [
        "`case Paid(amount) if amount > 3` never matches",
        "`case Paid(amount) if amount > 3` never fails to match",
        "`case Open()` never matches",
        "`case Open()` never fails to match",
    ]


def test_exceptions_happen_or_pass() -> None:
    source = """
        try:
            run()
        except (ValueError, KeyError):
            one()
        except:
            two()
    """
    assert words_of(source, (3, 4), (3, 5), (5, 6)) == [
        "`except (ValueError, KeyError)` never happens",
        "`except (ValueError, KeyError)` never lets an exception pass",
        "`except` never happens",
    ]


def test_the_way_past_a_block_that_does_not_count_is_told_only_where_it_is_certain() -> None:
    source = """
        if a:
            pass
        else:
            two()
        end()
    """
    assert words_of(source, (1, 5), (1, 4), statements={1, 4, 5}) == ["`if a` never True", "`if a` never False"]
    assert words_of(source, (1, 5), statements={1, 5}) == [None]


def test_a_block_on_the_line_of_its_head_is_left_to_coverage() -> None:
    assert words_of("if a: return_now()\nend()\n", (1, 2)) == [None]


def test_a_comprehension_on_the_same_line_is_left_to_coverage() -> None:
    source = "def f():\n    if any(x for x in y):\n        return 1\n    return 2\n"
    assert words_of(source, (2, -2), (2, 3)) == [None, "`if any(x for x in y)` never True"]


def test_the_end_of_the_module_is_no_comprehension() -> None:
    assert words_of("if a:\n    b = 1\n", (1, -1)) == ["`if a` never False"]


def test_an_arc_that_no_branching_statement_begins_is_left_to_coverage() -> None:
    assert words_of("a = 1\nb = 2\n", (1, 2)) == [None]


def test_a_decorated_first_statement_belongs_to_the_block() -> None:
    assert words_of("if a:\n    @b\n    def c():\n        pass\nend()\n", (1, 2)) == ["`if a` never True"]


def test_conditions_over_several_lines_are_told_in_one_without_comments() -> None:
    text = "if (\n    a  # why\n    and b\n):\n    c()\nd()\n"
    words = ArcWords(ast.parse(text), text, lambda line: 1 if line <= 4 else line, {1, 5, 6})
    assert words.of(1, 5) == "`if a and b` never True"


def test_long_conditions_are_shortened() -> None:
    (told,) = words_of(f"if {'x' * 80}:\n    a()\n", (1, 2))
    assert told == f"`if {'x' * 56}…` never True"


def test_backticks_do_not_break_the_code_span() -> None:
    assert words_of("if a == '`':\n    b()\n", (1, 2)) == ["`` if a == '`' `` never True"]


def test_columns_are_counted_in_bytes() -> None:
    assert words_of("if 'ß' in größe:\n    b()\n", (1, 2)) == ["`if 'ß' in größe` never True"]


@pytest.mark.parametrize(
    "source",
    [
        "def a():\n    x = 1\n\n    def b():\n        return 1\n\n    return b\n",
        "class A:\n    def b(self):\n        class C:\n            def d(self): pass\n",
        "class A:\n    class B:\n        def c(self): pass\n    @property\n    def d(self): pass\n",
        "try:\n    a\nexcept E:\n    def a(): pass\nelse:\n    class B:\n        async def c(self): pass\n",
        "match x:\n    case 1:\n        def a():\n            pass\n",
    ],
)
def test_regions_are_those_of_coverage(source: str) -> None:
    theirs = [(region.kind, region.name, region.start, region.lines) for region in code_regions(source)]
    assert [tuple(region) for region in regions(ast.parse(source))] == theirs
