from pathlib import Path
from typing import Any

import pytest
from coverage.config import CoverageConfig
from hypothesis import given, settings
from hypothesis import strategies as st

from covgate.measure.rcfile import Sources, configured_sources, measuring_core, report_rcfile, run_rcfile
from covgate.model.interpreter import Configuration, Interpreter

PATTERNS = st.lists(
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="()[]{}*+?\\^|,"), min_size=1),
    max_size=3,
)


def python(coverage: str = "7.17.3", version: tuple[int, int, int] = (3, 13, 0), **given: Any) -> Interpreter:
    return Interpreter("python", version, given.pop("implementation", "CPython"), coverage, **given)


def configured(**read: Any) -> Configuration:
    return Configuration(read=read, effective=read)


def read_back(text: str, directory: Path) -> CoverageConfig:
    """The configuration that coverage.py reads from the text; a warning of it fails the test."""
    path = directory / "x.rc"
    path.write_text(text, encoding="utf-8")
    config = CoverageConfig()

    def warn(message: str) -> None:
        raise AssertionError(message)

    config.from_file(str(path), warn, our_file=True)
    return config


def test_settings_reach_coverage_as_they_were(tmp_path: Path) -> None:
    settings = configured(
        exclude_list=["# pragma", "; strange", "cost: \\$\\d+ ${HOME}", "two\nlines", "[brackets]", "a, b"],
        partial_list=["#\\s*branch"],
        run_omit=["*/x.py", "shop/a b.py", "./c.py"],
        concurrency=["thread"],
        plugins=["plug"],
        plugin_options={"plug": {"key": "value", "list": ["a", "b"]}, "other": {"x": "y"}},
        paths={"source": ["src", "*/site-packages"]},
        include_namespace_packages=True,
        sigterm=True,
        disable_warnings=["own-warning"],
    )
    text = run_rcfile(python(head=settings), Sources(("shop",), ("pkg",), ("src",)), root="/r", data_file="/s/data")
    config = read_back(text, tmp_path)
    assert config.exclude_list == [
        "\\# pragma", "\\; strange", "cost: \\$\\d+ ${HOME}", "two\\nlines", "[brackets]", "a, b",
    ]  # fmt: skip
    assert config.run_omit == ["*/x.py", "shop/a b.py", "./c.py", "/r/shop/a b.py", "/r/c.py"]
    assert (config.source, config.source_pkgs, config.source_dirs) == (["shop"], ["pkg"], ["src"])
    assert (config.branch, config.parallel, config.data_file, config.patch) == (True, True, "/s/data", ["subprocess"])
    assert (config.concurrency, config.plugins) == (["thread"], ["plug"])
    assert config.get_plugin_options("plug") == {"key": "value", "list": "\na\nb"}
    assert config.paths == {"source": ["src", "*/site-packages"]}
    assert (config.include_namespace_packages, config.sigterm) == (True, True)
    assert "own-warning" in config.disable_warnings


@settings(max_examples=50)
@given(PATTERNS)
def test_no_pattern_is_lost_or_broken(tmp_path_factory: pytest.TempPathFactory, patterns: list[str]) -> None:
    text = report_rcfile(python(head=configured(exclude_list=patterns)))
    config = read_back(text, tmp_path_factory.mktemp("rc"))
    written = [f"\\{pattern}" if pattern.startswith(("#", ";")) else pattern for pattern in patterns]
    assert config.exclude_list == (written or CoverageConfig().exclude_list)


def test_what_counts_is_told_by_the_base(tmp_path: Path) -> None:
    base = configured(exclude_list=["raise NotImplementedError"], paths={"source": ["src", "*/site-packages"]})
    head = configured(exclude_list=[".*"], report_omit=["*"], paths={"source": ["evil/", "good/"]}, plugins=["plug"])
    config = read_back(report_rcfile(python(head=head, base=base)), tmp_path)
    assert (config.exclude_list, config.report_omit, config.plugins) == (["raise NotImplementedError"], None, [])
    assert config.paths == {"source": ["src", "*/site-packages"]}


def test_a_base_that_cannot_be_read_excludes_what_coverage_does_by_default(tmp_path: Path) -> None:
    interpreter = python(head=configured(exclude_list=[".*"]), base=Configuration(error="no plugin"))
    assert read_back(report_rcfile(interpreter), tmp_path).exclude_list == CoverageConfig().exclude_list


def test_a_plugin_that_measured_is_there_to_read_what_it_measured(tmp_path: Path) -> None:
    read = {"plugins": ["web", "other"], "plugin_options": {"web": {"key": "value"}}}
    head = Configuration(read=read, effective=read, file_tracers=("web.Templates",))
    config = read_back(report_rcfile(python(head=head, base=configured())), tmp_path)
    assert (config.plugins, config.get_plugin_options("web")) == (["web"], {"key": "value"})


def test_old_versions_get_nothing_that_they_do_not_know() -> None:
    text = run_rcfile(python("7.2.0"), Sources(("a",)), root="/r", data_file="/d")
    assert "patch" not in text
    assert "core" not in text


@pytest.mark.parametrize(
    ("coverage", "version", "given", "core"),
    [
        ("7.17.1", (3, 14, 0), {}, "sysmon"),
        ("7.17.0", (3, 14, 0), {}, "ctrace"),
        ("7.17.1", (3, 13, 9), {}, "ctrace"),
        ("7.17.1", (3, 14, 0), {"implementation": "PyPy", "c_tracer": False}, "pytrace"),
        ("7.17.1", (3, 14, 0), {"head": Configuration(file_tracers=("jinja",))}, "ctrace"),
        ("7.17.1", (3, 14, 0), {"head": configured(concurrency=["gevent"])}, "ctrace"),
        ("7.17.1", (3, 14, 0), {"head": configured(timid=True)}, "pytrace"),
        ("7.17.1", (3, 14, 0), {"head": configured(dynamic_context="test_function")}, "ctrace"),
    ],
)
def test_the_core_is_the_cheapest_that_is_exact(
    coverage: str, version: tuple[int, int, int], given: dict[str, Any], core: str
) -> None:
    interpreter = python(coverage, version, **given)
    assert measuring_core(interpreter) == core
    said = f"core = {core}" in run_rcfile(interpreter, Sources(), root="/r", data_file="/d")
    assert said is (version >= (3, 14, 0) and core != "pytrace")


def test_contexts_are_kept_where_the_repository_keeps_them() -> None:
    for known, kept in (("test_function", True), ("some.plugin", False), (None, False)):
        interpreter = python("7.17.1", head=configured(dynamic_context=known))
        text = run_rcfile(interpreter, Sources(), root="/r", data_file="/d")
        assert ("dynamic_context = test_function" in text) is kept


def test_sources_are_those_of_the_configuration() -> None:
    assert not configured_sources(Configuration())
    assert configured_sources(configured(source_pkgs=["a"])) == Sources((), ("a",), ())
