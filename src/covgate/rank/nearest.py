"""Where a test of a file belongs: a test file that is there to be extended, else the place for a new one."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from posixpath import basename, commonpath, dirname, join

from covgate.model.plan import NearestTests
from covgate.model.snapshot import FileCoverage
from covgate.model.sources import Sources
from covgate.rank.fixtures import fixtures_near
from covgate.rank.imports import Modules

MOST_READ = 400
"""Test files whose imports are looked at for one module; a name such as `utils` stands in very many."""
_SOURCE_ROOTS = ("src", "lib", "python")
_TEST_FOLDERS = ("tests", "test")


def is_test_file(path: str) -> bool:
    """Whether pytest, unittest or Django would look for tests in this file by its name."""
    name = basename(path)
    return name.startswith("test_") or name.endswith("_test.py") or name in ("tests.py", "test.py")


def module_name(path: str) -> str:
    """What tests of a file are called after: its module, or its package where it is the package's own file."""
    stem = basename(path).removesuffix(".py")
    return basename(dirname(path)) or stem if stem in ("__init__", "__main__") else stem.strip("_") or stem


class TestFiles:
    """The repository's tests, asked for those near to a source file."""

    __test__ = False  # this is none of pytest's classes

    def __init__(self, sources: Sources, modules: Modules) -> None:
        self._sources = sources
        self._modules = modules
        self._tests = tuple(path for path in sources.paths if is_test_file(path))
        self._by_module: dict[str, list[str]] = {}
        for path in self._tests:
            self._by_module.setdefault(_tested(path), []).append(path)
        self._layout = _Layout(sources.paths, self._tests)
        self._namesakes: dict[str, set[str]] = defaultdict(set)
        for path in sources.paths:
            if not is_test_file(path):
                self._namesakes[module_name(path)].add(path)
        self._fixtures: dict[str, tuple[str, ...]] = {}
        self._imports: dict[str, frozenset[str]] = {}

    def nearest(self, path: str, file: FileCoverage | None, *, thorough: bool) -> NearestTests:
        """Where a test of this file belongs, and how that was found.

        Shape:  by what the tests were measured to run, where contexts were recorded; else by names; else by the tests'
                imports, looked at only where `thorough`; else a new file by the layout that most tests here follow.
        """
        found = self._reaching(file) or self._named(path) or (self._importing(path) if thorough else None)
        if found:
            place, why = found
            return NearestTests(place, exists=True, why=why, fixtures=self._near(place))
        place = self._free(self._layout.proposed(path), path)
        exists = place in self._sources.files
        why = "the tests of its folder are there" if exists else self._layout.why
        return NearestTests(place, exists=exists, why=why, fixtures=self._near(place))

    def _near(self, place: str) -> tuple[str, ...]:
        folder = dirname(place)
        if folder not in self._fixtures:
            self._fixtures[folder] = fixtures_near(place, self._sources)
        return self._fixtures[folder]

    def _reaching(self, file: FileCoverage | None) -> tuple[str, str] | None:
        counts: Counter[str] = Counter()
        for context, statements in file.reached_by if file else ():
            if place := self._place_of(context):
                counts[place] = max(counts[place], statements)
        if not counts:
            return None
        place = min(counts, key=lambda one: (-counts[one], one))
        return place, f"its tests run {counts[place]:,} of the file's statements already"

    def _place_of(self, context: str) -> str:
        """The test file that a context's name stands for: a path, or a module's dotted name."""
        wanted = context if context.endswith(".py") else f"{context.replace('.', '/')}.py"
        fits = [path for path in self._tests if path == wanted or path.endswith(f"/{wanted}")]
        return min(fits, key=lambda path: (len(path), path), default="")

    def _named(self, path: str) -> tuple[str, str] | None:
        """A test file that is called after the module, where it is about this module and not another of its name."""
        named = self._by_module.get(module_name(path), [])
        importing = [one for one in named if path in self._imported(one)]
        others = [one for one in named if not self._imported(one) & self._namesakes[module_name(path)]]
        mirrored = [one for one in others if _mirrors(one, path)]
        chosen = importing or mirrored or (others if len(self._namesakes[module_name(path)]) == 1 else [])
        if not chosen:
            return None
        place = max(chosen, key=lambda one: (_likeness(one, path), -len(one), one))
        return place, "it is called after the module"

    def _importing(self, path: str) -> tuple[str, str] | None:
        """The test file that imports the module and, of several, the fewest others."""
        stem = re.compile(rb"\b" + re.escape(module_name(path)).encode("utf-8", "replace") + rb"\b")
        near = [one for one in self._tests if stem.search(self._sources.content(one))][:MOST_READ]
        importing = [one for one in near if path in self._imported(one)]
        if not importing:
            return None
        place = min(importing, key=lambda one: (len(self._imported(one)), -_likeness(one, path), one))
        return place, "it imports the module"

    def _imported(self, test: str) -> frozenset[str]:
        if test not in self._imports:
            self._imports[test] = self._modules.imports(test, self._sources.content(test))
        return self._imports[test]

    def _free(self, place: str, path: str) -> str:
        """A proposed place that is not taken by the tests of another module: its package's name stands in it, too."""
        if place not in self._sources.files or basename(place) in ("tests.py", "test.py"):
            return place
        package = basename(dirname(path)) or "top"
        return join(dirname(place), basename(place).replace(module_name(path), f"{package}_{module_name(path)}", 1))


class _Layout:
    """How this repository's tests lie to its sources, by the majority of those that are called after a module."""

    def __init__(self, paths: Sequence[str], tests: Sequence[str]) -> None:
        sources = {path for path in paths if not is_test_file(path)}
        modules: dict[str, list[str]] = {}
        for path in sorted(sources):
            modules.setdefault(module_name(path), []).append(path)
        pairs = [(test, one) for test in tests for one in modules.get(_tested(test), [])[:20]]
        kinds = Counter(kind for test, one in pairs if (kind := _kind(test, one)))
        self._kind = min(kinds, key=lambda kind: (-kinds[kind], kind), default="")
        self._suffix = sum(test.endswith("_test.py") for test in tests) * 2 > len(tests) > 0
        folders = Counter(folder for test in tests if (folder := _test_folder(test)))
        self._folder = min(folders, key=lambda folder: (-folders[folder], folder), default="tests")
        if not folders and tests:
            self._folder = ""  # tests lie at the top

    @property
    def why(self) -> str:
        """What a new place goes by."""
        return "a new file, by the layout of the tests that are there" if self._kind else "a new file"

    def proposed(self, path: str) -> str:
        """Where a test of this file would lie."""
        name = module_name(path)
        file = f"{name}_test.py" if self._suffix else f"test_{name}.py"
        match self._kind:
            case "beside":
                return join(dirname(path), file)
            case "in the package's tests":
                return join(dirname(path), "tests", file)
            case "mirror":
                return join(self._folder, "/".join(_inner(path)), file)
            case "mirror in folders called after the tests":
                return join(self._folder, "/".join(f"test_{folder}" for folder in _inner(path)), file)
            case "mirror without the package":
                return join(self._folder, "/".join(_inner(path)[1:]), file)
            case _:
                return join(self._folder, file)


def _kind(test: str, path: str) -> str:
    """How a test file lies to its module: "" where by no rule that can be followed."""
    if dirname(test) == dirname(path):
        return "beside"
    if dirname(test) == join(dirname(path), "tests"):
        return "in the package's tests"
    folder = _test_folder(test)
    return _kind_inside(dirname(test).removeprefix(folder).strip("/").split("/"), _inner(path)) if folder else ""


def _kind_inside(folders: list[str], package: list[str]) -> str:
    """The same for the folders of a test below that of all tests, and those of its module's package."""
    if folders == package:
        return "mirror"
    if folders == [f"test_{folder}" for folder in package]:
        return "mirror in folders called after the tests"
    if len(package) > 1 and folders == package[1:]:
        return "mirror without the package"
    return "flat" if folders == [""] else ""


def _mirrors(test: str, path: str) -> bool:
    kind = _kind(test, path)
    return bool(kind) and (kind != "flat" or len(_inner(path)) <= 1)


def _inner(path: str) -> list[str]:
    """The folders of a source below the repository's source root."""
    folders = [part for part in dirname(path).split("/") if part]
    return folders[1:] if folders[:1] and folders[0] in _SOURCE_ROOTS else folders


def _test_folder(test: str) -> str:
    """The folder of all tests that a test file lies in, or under: "tests", "tests/unit" is one of its own."""
    folders = dirname(test).split("/")
    top = next((number for number, name in enumerate(folders) if name in _TEST_FOLDERS), None)
    if top is None:
        return ""
    last = top + 2 if folders[top + 1 : top + 2] == ["unit"] else top + 1
    return "/".join(folders[:last])


def _tested(test: str) -> str:
    """The module's name that a test file is called after."""
    stem = basename(test).removesuffix(".py")
    return stem.removeprefix("test_").removesuffix("_test").strip("_")


def _likeness(test: str, path: str) -> int:
    """How many folders of the source come again in the test's path."""
    theirs = set(dirname(test).split("/"))
    return sum(folder in theirs for folder in _inner(path)) + (commonpath([test, path]) != "")
