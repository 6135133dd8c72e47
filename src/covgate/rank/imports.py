"""Which of the repository's files import which: read off their import statements."""

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator
from posixpath import dirname

# Only these statements are parsed: whole files would take a thousand times as long. A bracket that opens ends at the
# next one, without going back: many that are never closed cost no more than reading them.
_STATEMENT = re.compile(
    rb"^[ \t]*(?:from[ \t]+[.\w]+[ \t]+import\b[ \t]*"
    rb"(?:\((?:[^()#]++|#[^\n]*+)*+\)|[^\n]*(?:\\\r?\n[^\n]*)*)"
    rb"|import[ \t]+[^\n]+)",
    re.MULTILINE,
)
_PACKAGE = "__init__"
_MOST_BYTES, _MOST_DOTS = 50_000, 1_000
"""Of a statement: while Python parses a dotted name it keeps each of its beginnings, of a long one gigabytes."""


def import_statements(content: bytes) -> Iterator[ast.Import | ast.ImportFrom]:
    """The import statements of a source, at whatever depth.

    Errors: none; what does not parse, because it is words in a docstring, is no import.
    """
    for found in _STATEMENT.finditer(content):
        if len(found[0]) > _MOST_BYTES or found[0].count(b".") > _MOST_DOTS:
            continue
        text = textwrap.dedent(found[0].decode("utf-8", "replace")).strip()
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        yield from (node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))


DEEPEST = 100
"""Nobody imports a module through more packages than these."""


class Modules:
    """The repository's Python files by the names that they are imported by.

    Shape:  a file's name begins at the topmost of its folders that hold an `__init__.py` without a break, or at the
            repository's root, with and without a leading `src`, `lib` or `tests`, which is no package then.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        self._named: dict[str, list[str]] = {}
        self._nearest: dict[str, dict[str, str]] = {}
        for path in sorted(self._paths):
            for name in self._names(path):
                self._named.setdefault(name, []).append(path)

    def imports(self, path: str, content: bytes) -> frozenset[str]:
        """Paths of the repository's files that this file imports: modules, and packages whose names it takes."""
        found = {one for statement in import_statements(content) for one in self._resolved(path, statement)}
        return frozenset(found - {path})

    def _resolved(self, path: str, statement: ast.Import | ast.ImportFrom) -> Iterator[str]:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield from self._at(alias.name, path)
            return
        within = self._relative(path, statement)
        for alias in statement.names:
            inner = list(self._at(f"{within}.{alias.name}".lstrip("."), path))
            yield from inner or self._at(within, path)

    def _relative(self, path: str, statement: ast.ImportFrom) -> str:
        """The module that names are taken from, as seen from the repository's root."""
        if not statement.level:
            return statement.module or ""
        folder = path
        for _ in range(statement.level):
            folder = dirname(folder)
        return ".".join(filter(None, [folder.replace("/", "."), statement.module]))

    def _at(self, name: str, importer: str) -> Iterator[str]:
        """The file of this name; where several have it, the one nearest to the importer."""
        nearest = self._nearest.get(name)
        if nearest is None:
            nearest = self._nearest[name] = _by_folder(self._named.get(name, ()))
        folder = next((one for one in _upwards(dirname(importer)) if one in nearest), None)
        if folder is not None:
            yield nearest[folder]

    def _names(self, path: str) -> set[str]:
        parts = path.removesuffix(".py").split("/")
        top = self._package_top(parts)
        starts = {0, top}
        if parts[0] in ("src", "lib", "tests", "test") and len(parts) > 1 and top != 0:
            starts.add(1)
        return {_dotted(parts[start:]) for start in starts if parts[start:] != [_PACKAGE]}

    def _package_top(self, parts: list[str]) -> int:
        """The index of the topmost folder that is a package without a break; the file's own where none is."""
        top = len(parts) - 1
        while top and len(parts) - top <= DEEPEST and "/".join([*parts[:top], f"{_PACKAGE}.py"]) in self._paths:
            top -= 1
        return top


def _dotted(parts: list[str]) -> str:
    return ".".join(parts[:-1] if parts[-1] == _PACKAGE else parts)


def _by_folder(paths: Iterable[str]) -> dict[str, str]:
    """For each folder around one of these files, the file that is best for an importer there: the one least deep."""
    best: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (len(path), path)):
        for folder in _upwards(dirname(path)):
            best.setdefault(folder, path)
    return best


def _upwards(folder: str) -> Iterator[str]:
    """The folder and all around it, the root last."""
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""
