"""The suite's Python: what is installed there, and coverage.py's configuration as it reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Settings = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Configuration:
    """coverage.py's configuration of one tree.

    Shape:  `read` is what its files say, `effective` what is left of it after its plugins had their way; both are keyed
            by coverage.py's own names of attributes; `file_tracers` names the plugins that measure other files than
            Python's; `file` is the configuration's file or "".
    Errors: `error` says why coverage.py refused it, "" where it did not; the settings are then its defaults.
    """

    read: Settings = field(default_factory=dict)
    effective: Settings = field(default_factory=dict)
    file_tracers: tuple[str, ...] = ()
    file: str = ""
    error: str = ""

    def values(self, key: str) -> tuple[str, ...]:
        """The effective list of this name, empty where there is none."""
        value = self.effective.get(key)
        return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python that runs the suite.

    Shape:  `modules` are those of pytest, pytest_cov and xdist that can be imported; `scripts` is the directory of its
            commands; `subprocess_hook` says that coverage.py's start-up file is installed; `base` is None where the
            base's configuration was not asked for.
    """

    executable: str
    version: tuple[int, int, int]
    implementation: str
    coverage: str
    c_tracer: bool = True
    optimize: int = 0
    modules: frozenset[str] = frozenset()
    scripts: str = ""
    subprocess_hook: bool = False
    head: Configuration = Configuration()
    base: Configuration | None = None

    @property
    def judging(self) -> Configuration:
        """The configuration that decides what counts: the base's, where there is one."""
        return self.head if self.base is None else self.base

    @property
    def coverage_version(self) -> tuple[int, ...]:
        """coverage.py's version in numbers, without what follows them."""
        return tuple(int(part) for part in self.coverage.split(".")[:3] if part.isdigit())

    @property
    def words(self) -> str:
        """As shown and compared: "CPython 3.13.0", with -O where assertions are off."""
        flag = {0: "", 1: " -O"}.get(self.optimize, " -OO")
        return f"{self.implementation} {'.'.join(map(str, self.version))}{flag}"
