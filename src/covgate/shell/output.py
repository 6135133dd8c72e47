"""Where a run's results go: files in the output folder, the step's summary and outputs, the log, the terminal.

Nothing is written before it is asked for, which is after the suite has ended; where the runner wants its files is
remembered from the beginning. What cannot be written is told in one line and changes no verdict.
"""

import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from covgate.errors import SettingsError
from covgate.model.report import Report
from covgate.render.formats.terminal import render_terminal
from covgate.shell.screen import Screen

DEFAULT_FOLDER = ".covgate"
FOLDER_HINT = "Name another folder with `--out`, or make room for this one."
IGNORE_ITSELF = "# Made by covgate.\n*\n"
LARGEST_SUMMARY_BYTES = 1024 * 1024
SUMMARY_ELSEWHERE = "\n> covgate's summary is too large for this page. It is in the output folder, as `summary.md`.\n"

_OUTPUT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """The folder for the reports, which Git does not see.

    Shape:  `root` is the repository's top; `path` absolute and without `..`.
    """

    root: Path
    path: Path

    @classmethod
    def given(cls, root: Path, out: str, *, inside: bool = False) -> "OutputFolder":
        """The folder that `out` names, relative to the repository; "" is the default. Nothing is made yet.

        Shape:  `inside` allows none outside of the repository: in the action the name may come from a pull request.
        Errors: SettingsError where it lies outside or in Git's own folder, is a file, or is reached through a symbolic
                link in the repository.
        """
        path = Path(os.path.normpath(root / (out or DEFAULT_FOLDER)))
        if inside and not path.is_relative_to(root):
            raise SettingsError("the output folder is not within the repository", where=out, hint="Name one within it.")
        if path.is_relative_to(root / ".git"):
            raise SettingsError("the output folder is Git's own", where=out, hint=FOLDER_HINT)
        folder = cls(root, path)
        folder.check()
        return folder

    def check(self) -> None:
        """Makes sure that what is written here lands here: the repository or the suite may have put links in the way.

        Errors: SettingsError.
        """
        steps = [self.path, *self.path.parents]
        for step in steps[: steps.index(self.root)] if self.root in steps else steps[:1]:
            link = self.root in steps and step.is_symlink()
            if link or (step.exists() and not step.is_dir()):
                what = "is reached through a symbolic link" if link else "cannot be made: this is a file, and no folder"
                raise SettingsError(f"the output folder {what}", where=str(step), hint=FOLDER_HINT)

    def prepare(self, old: Iterable[str] = ()) -> None:
        """Makes the folder, and takes away the reports of the run before, by their names: they are not this run's.

        Shape:  a folder that somebody else made keeps what is in it.
        Errors: SettingsError as of `check`, and where nothing can be written: before the suite has run, not after.
        """
        self.check()
        try:
            self._make()
            self._put(".probe", lambda _: None).unlink()
            for name in old:
                self.discard(name)
        except OSError as error:
            what = f"the output folder cannot be written: {error.strerror or error}"
            raise SettingsError(what, where=str(self.path), hint=FOLDER_HINT) from error

    def discard(self, name: str) -> None:
        """Removes a file, or a link of that name; what lies in a folder that somebody else made stays.

        Errors: as of `write`.
        """
        self.check()
        if self._is_own():
            (self.path / name).unlink(missing_ok=True)

    def write(self, name: str, text: str) -> Path:
        """Writes a file whole or not at all, and returns its path.

        Shape:  a link under that name is replaced, never followed. Names that are no UTF-8 are written with escapes.
        Errors: OSError; SettingsError as of `check`.
        """
        return self._written(name, lambda file: file.write(text.encode("utf-8", "backslashreplace")))

    def write_bytes(self, name: str, content: bytes) -> Path:
        """Writes a file that is no text; as `write`."""
        return self._written(name, lambda file: file.write(content))

    def take(self, name: str, source: Path) -> Path:
        """Copies a file of covgate's own into the folder, whole or not at all, and returns its path.

        Errors: as of `write`.
        """
        with source.open("rb") as content:
            return self._written(name, lambda file: shutil.copyfileobj(content, file))

    def _written(self, name: str, fill: Callable[[BinaryIO], object]) -> Path:
        self.check()
        self._make()
        return self._put(name, fill)

    def _make(self) -> None:
        if not self.path.exists():
            self.path.mkdir(parents=True)
            self._put(".gitignore", lambda file: file.write(IGNORE_ITSELF.encode()))

    def _is_own(self) -> bool:
        mark = self.path / ".gitignore"
        return mark.is_file() and not mark.is_symlink() and mark.read_bytes() == IGNORE_ITSELF.encode()

    def _put(self, name: str, fill: Callable[[BinaryIO], object]) -> Path:
        part = self.path / f".{name}.{secrets.token_hex(8)}.part"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                fill(file)
            return part.replace(self.path / name)
        except OSError:
            part.unlink(missing_ok=True)
            raise


@dataclass(frozen=True, slots=True)
class StepFiles:
    """The files by which the runner takes a step's summary and outputs; None where there is no such file.

    Shape:  made before the suite runs; appended to afterwards only, because the suite could have written there too.
    """

    summary: Path | None = None
    outputs: Path | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "StepFiles":
        """Those that the runner's variables name."""
        summary, outputs = (environment.get(f"GITHUB_{name}", "") for name in ("STEP_SUMMARY", "OUTPUT"))
        return cls(Path(summary) if summary else None, Path(outputs) if outputs else None)

    def add_summary(self, text: str) -> bool:
        """Adds to the summary; False where it does not fit, and a line says so there instead.

        Errors: OSError.
        Source: the runner takes 1 MiB a step and drops what is larger, with all that is in it.
        """
        if self.summary is None:
            return True
        content = (text if text.endswith("\n") else f"{text}\n").encode("utf-8", "backslashreplace")
        room = LARGEST_SUMMARY_BYTES - (self.summary.stat().st_size if self.summary.exists() else 0)
        if len(content) <= room:
            append(self.summary, content)
            return True
        if len(SUMMARY_ELSEWHERE.encode()) <= room:
            append(self.summary, SUMMARY_ELSEWHERE.encode())
        return False

    def add_outputs(self, values: Mapping[str, str]) -> None:
        """Sets outputs. A delimiter that nobody can guess keeps a value from setting others.

        Errors: OSError.
        """
        if self.outputs is None or not values:
            return
        lines = []
        for name, value in values.items():
            assert _OUTPUT_NAME.fullmatch(name), name
            end = f"covgate_{secrets.token_hex(16)}"
            lines.append(f"{name}<<{end}\n{value}\n{end}\n")
        append(self.outputs, "".join(lines).encode("utf-8", "backslashreplace"))


def append(path: Path, content: bytes) -> None:
    """Adds to a regular file, all or nothing: half an output would fail the step.

    Errors: OSError.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o644)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(None, "it is no regular file", str(path))
        try:
            written = 0
            while written < len(content):
                written += file.write(content[written:])
        except OSError:
            os.ftruncate(descriptor, status.st_size)
            raise


class RunOutput:
    """ports.Output on a terminal and on GitHub. Leaving it as a context takes the status line away."""

    def __init__(self, folder: OutputFolder, screen: Screen, step: StepFiles, workspace: str = "") -> None:
        self._folder = folder
        self._screen = screen
        self._step = step
        self._workspace = workspace
        self._told: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._screen.close()

    def write(self, name: str, text: str) -> str:
        """Writes a file into the output folder.

        Shape:  the path as later steps can use it, relative to the workspace or the repository where it lies within;
                "" where the file could not be written.
        Errors: none; told in a line.
        """
        return self._kept(lambda: self._folder.write(name, text))

    def write_bytes(self, name: str, content: bytes) -> str:
        """Writes a file that is no text into the output folder; as `write`."""
        return self._kept(lambda: self._folder.write_bytes(name, content))

    def keep(self, name: str, source: str) -> str:
        """Copies a file of covgate's own into the output folder; as `write`."""
        return self._kept(lambda: self._folder.take(name, Path(source)))

    def discard(self, name: str) -> None:
        """Takes away a file of a run before, from a folder of covgate's own.

        Errors: none; told in a line.
        """
        try:
            self._folder.discard(name)
        except (OSError, SettingsError) as error:
            self._tell(f"reports in {self._folder.path}", error)

    def _kept(self, done: Callable[[], Path]) -> str:
        try:
            return self._shown(done())
        except (OSError, SettingsError) as error:
            self._tell(f"reports in {self._folder.path}", error)
            return ""

    def summarise(self, text: str) -> None:
        """Adds to the step's summary, where there is one."""
        try:
            if not self._step.add_summary(text):
                self._screen.tell("covgate: the step's summary is larger than GitHub takes: see summary.md instead")
        except OSError as error:
            self._tell("the step's summary", error)

    def annotate(self, text: str) -> None:
        """Prints workflow commands on GitHub."""
        self._screen.commands(text)

    def set_outputs(self, values: Mapping[str, str]) -> None:
        """Sets the step's outputs, where there are any."""
        try:
            self._step.add_outputs(values)
        except OSError as error:
            self._tell("the step's outputs", error)

    def show(self, report: Report | str) -> None:
        """Prints the report as wide and as colourful as the terminal is; a text as it is."""
        if isinstance(report, Report):
            folder = self._shown(self._folder.path)
            report = render_terminal(report, self._screen.width, colour=self._screen.colour, folder=folder)
        self._screen.text(report)

    def tell(self, words: str) -> None:
        """One line for people, beside the report."""
        self._screen.tell(words)

    def progress(self, words: str) -> None:
        """Tells what is going on; "" that nothing is any more."""
        self._screen.progress(words)

    def foreign_output(self) -> AbstractContextManager[Callable[[str], None]]:
        """A context for somebody else's output: yields a function that prints a line of it, commanding nothing."""
        return self._screen.foreign_output()

    def _shown(self, path: Path) -> str:
        for base in (self._workspace, self._folder.root):
            if base and path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return str(path)

    def _tell(self, what: str, error: OSError | SettingsError) -> None:
        """The same trouble once, however many files it keeps back."""
        reason = error.strerror or str(error) if isinstance(error, OSError) else error.what
        words = f"covgate: could not write {what}: {reason}. The verdict stands."
        if words not in self._told:
            self._told.add(words)
            self._screen.tell(words)


def run_output(environment: Mapping[str, str], folder: OutputFolder, screen: Screen) -> RunOutput:
    """The output of this run, with the runner's files as they are named now."""
    workspace = environment.get("GITHUB_WORKSPACE", "") if screen.on_github else ""
    return RunOutput(folder, screen, StepFiles.of(environment if screen.on_github else {}), workspace)
