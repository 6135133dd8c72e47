"""What to measure where neither coverage.py's configuration nor anybody else says it."""

from collections.abc import Iterable

from covgate.measure.command import is_test_file

# Directories and modules at the top of a repository that serve the project and are not it.
_SERVANTS = frozenset(
    [
        "bench",
        "benchmark",
        "benchmarks",
        "build",
        "ci",
        "contrib",
        "demo",
        "demos",
        "dist",
        "doc",
        "docs",
        "env",
        "example",
        "examples",
        "fabfile",
        "noxfile",
        "samples",
        "script",
        "scripts",
        "setup",
        "site-packages",
        "tasks",
        "test",
        "testing",
        "tests",
        "tool",
        "tools",
        "tutorial",
        "tutorials",
        "venv",
        "versioneer",
        "conftest",
    ]
)


def default_source(files: Iterable[str]) -> tuple[str, ...]:
    """Directories and modules that look like the project's own code.

    Shape:  `files` are the repository's Python files. Below `src` everything that is a package or module; at the top
            the packages, and only where there is none the directories that hold Python files, and modules: beside a
            package they are most often scripts. Tests, documentation, examples and tools are left out; so is what
            begins with a dot or underscore.
    """
    paths = [path.split("/") for path in files]
    below_src = _tops([parts[1:] for parts in paths if parts[0] == "src" and len(parts) > 1], "src/")
    if below_src:
        return below_src
    packages = {parts[0] for parts in paths if parts[1:] == ["__init__.py"] and _is_own(parts)}
    return _tops([parts for parts in paths if len(parts) > 1 and parts[0] in packages] if packages else paths, "")


def guessed_words(source: Iterable[str]) -> str:
    """A remark on what was measured where nobody says what to measure."""
    names = ", ".join(f"`{name}`" for name in source)
    return f"Nothing says what to measure, so {names} was guessed: `suite.source` in `.covgate.yml` names it."


def _tops(paths: Iterable[list[str]], prefix: str) -> tuple[str, ...]:
    return tuple(sorted({_top(parts, prefix) for parts in paths if _is_own(parts)}))


def _top(parts: list[str], prefix: str) -> str:
    """A directory by its path; a module at the top by its name, one below `src` by that directory."""
    if len(parts) > 1:
        return prefix + parts[0]
    return "src" if prefix else parts[0].removesuffix(".py")


def _is_own(parts: list[str]) -> bool:
    name = parts[0].removesuffix(".py")
    if name in _SERVANTS or name.startswith((".", "_")):
        return False
    return len(parts) > 1 or not is_test_file(parts[0])
