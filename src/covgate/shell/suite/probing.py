"""Asks the suite's own Python: what it is, which files were measured, and what was covered in them."""

import json
import os
import secrets
import stat
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.measure.rcfile import report_rcfile
from covgate.model.interpreter import Interpreter
from covgate.model.origin import measured_of
from covgate.model.snapshot import FileCoverage, LeftOut, Snapshot
from covgate.parse.probe_answer import answer_text
from covgate.parse.probe_description import interpreter_from
from covgate.parse.probe_snapshot import files_from, paths_from, snapshot_from
from covgate.shell.processes import Finished

PROBE = Path(__file__).parents[2] / "probe"
NAMELESS = "its name is not UTF-8, so coverage.py cannot record it"
LARGEST_ANSWER = 512 * 1024 * 1024

Run = Callable[[Sequence[str]], Finished]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What a snapshot is to be made of.

    Shape:  `data_files` are paths of coverage.py data files; `changed` the Python files that must be answered for,
            relative to the repository; `base_files` the base's configuration files by path, None to judge by the
            head's; `source` overrides the configuration's own where not empty; `default_source` stands in where the
            configuration has none; `remap` gives for paths in the data the repository's own; `core` is what measured;
            `forgiving` passes over damaged files where another is whole.
    """

    data_files: tuple[str, ...]
    changed: tuple[str, ...] = ()
    base_files: Mapping[str, bytes] | None = None
    source: tuple[str, ...] = ()
    default_source: tuple[str, ...] = ()
    remap: Mapping[str, str] = field(default_factory=dict)
    forgiving: bool = False
    core: str = ""


class Probe:
    """The suite's Python, asked through files in `scratch`.

    Shape:  `root` is the repository; `run` starts a program as the suite is started (its environment, its user, a time
            limit) and waits for it; `config_file` is a configuration file that the repository names in `--cov-config`,
            and `base_config_file` the one that its base names; `flags` are options of Python that change what is
            compiled.
    Errors: MeasurementError from every question, where the Python lacks coverage.py or coverage.py refuses.
    """

    def __init__(
        self,
        python: str,
        root: str,
        scratch: str,
        run: Run,
        *,
        config_file: str = "",
        base_config_file: str = "",
        flags: Sequence[str] = (),
    ) -> None:
        self._python = python
        self._flags = tuple(flags)
        self._root = root
        self._scratch = scratch
        self._run = run
        self._config_file = config_file
        self._base_config_file = base_config_file
        self._described: dict[object, Interpreter] = {}

    def describe(self, base_files: Mapping[str, bytes] | None = None) -> Interpreter:
        """What the Python is, and how its coverage.py reads the configuration here and at the base."""
        key = _key(base_files)
        if key not in self._described:
            self._described[key] = interpreter_from(self._ask("describe", self._wanted(base_files)), self._python)
        return self._described[key]

    def paths(self, data_files: Sequence[str], base_files: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
        """The files measured in these data files, as the data name them; sorted.

        What `describe` answers for `base_files` is asked at once: starting a Python with coverage.py takes its time.
        """
        request = {"root": self._root, "data_files": list(data_files), "describe": self._wanted(base_files)}
        answer = self._ask("paths", request)
        found = paths_from(answer)
        self._described[_key(base_files)] = interpreter_from(answer, self._python)
        return found

    def _wanted(self, base_files: Mapping[str, bytes] | None) -> dict[str, str]:
        return {
            "root": self._root,
            "config_file": self._config_file,
            "base_root": self._lay_out(base_files),
            "base_config_file": self._base_config_file,
        }

    def export(self, wanted: ExportRequest) -> Snapshot:
        """What was covered; totals are those of `coverage json` under the repository's configuration."""
        interpreter = self.describe(wanted.base_files)
        answer = self._ask(
            "export",
            {
                **self._common(interpreter),
                "data_files": list(wanted.data_files),
                "changed": [path for path in wanted.changed if is_text(path)],
                "bounds": dict(interpreter.judging.effective),
                "source": list(wanted.source),
                "default_source": list(wanted.default_source),
                "remap": dict(wanted.remap),
                "forgiving": wanted.forgiving,
            },
        )
        snapshot = measured_of(snapshot_from(answer, interpreter, wanted.core), tuple(wanted.source))
        nameless = tuple(LeftOut(path, NAMELESS, unknown=True) for path in wanted.changed if not is_text(path))
        return replace(snapshot, left_out=(*snapshot.left_out, *nameless))

    def gather(self, data_files: Sequence[str]) -> str:
        """Makes one data file of several and returns its path, which the suite's user can write."""
        into = str(self._new_answer("gathered.data"))
        answer_text(
            self._ask("gather", {"root": self._root, "data_files": list(data_files), "into": into}), self._python
        )
        return into

    def analyse(self, paths: Sequence[str]) -> tuple[FileCoverage, ...]:
        """Statements and branches of these files of the repository, nothing of them executed.

        Errors: files that cannot be parsed are left out.
        """
        return files_from(self._ask("analyse", {**self._common(self.describe()), "paths": list(paths)}))

    def _common(self, interpreter: Interpreter) -> dict[str, object]:
        rcfile = Path(self._scratch, "report.rc")
        _put(rcfile, report_rcfile(interpreter))
        return {"root": self._root, "rcfile": str(rcfile)}

    def _lay_out(self, files: Mapping[str, bytes] | None) -> str:
        """The base's configuration files in a directory of their own."""
        if files is None:
            return ""
        directory = Path(tempfile.mkdtemp(prefix="base-", dir=self._scratch))
        directory.chmod(0o755)
        for path, content in files.items():
            place = directory / path
            if not place.resolve().is_relative_to(directory.resolve()):
                raise MeasurementError("a configuration file of the base lies outside the repository", where=path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        return str(directory)

    def _new_answer(self, name: str) -> Path:
        """Where an answer is to be written: the suite, which can write there too, has not put anything in its place."""
        return Path(answers_in(self._scratch), f"{secrets.token_hex(16)}.{name}")

    def _ask(self, command: str, request: Mapping[str, object]) -> bytes:
        """Runs the probe and reads its answer.

        Errors: MeasurementError where it ends without one.
        """
        question = Path(self._scratch, f"{command}.request.json")
        answer = self._new_answer("answer.json.gz")
        _put(question, json.dumps(request))
        finished = self._run(
            [self._python, *self._flags, str(PROBE / "__main__.py"), command, str(question), str(answer)]
        )
        if finished.timed_out:
            raise MeasurementError(f"reading coverage took longer than {finished.seconds:.0f} seconds")
        try:
            return read_answer(str(answer))
        except FileNotFoundError as error:
            last = finished.tail.strip().rpartition("\n")[2]
            raise MeasurementError(f"{self._python} could not be asked about coverage: {last}") from error


def _put(place: Path, text: str) -> None:
    """Writes a file for the suite's user to read.

    Errors: MeasurementError where the suite took the directory away.
    """
    try:
        place.write_text(text, encoding="utf-8")
        place.chmod(0o644)
    except FileNotFoundError as error:
        raise MeasurementError("covgate's scratch folder is gone", where=str(place.parent)) from error


def _key(base_files: Mapping[str, bytes] | None) -> object:
    return tuple(sorted(base_files.items())) if base_files is not None else None


def is_text(path: str) -> bool:
    """Whether a path is UTF-8; other bytes stand in it as lone surrogates."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def answers_in(scratch: str) -> str:
    """Where in the scratch directory the suite's user may write. Who prepares it for another user gives it away."""
    return f"{scratch}/answers"


def read_answer(path: str, *, largest: int = LARGEST_ANSWER) -> bytes:
    """The bytes of a file that the suite's Python wrote.

    Errors: FileNotFoundError where there is none; MeasurementError where it is no regular file or too large. It may
            have been replaced by a link, a pipe or a flood.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise MeasurementError(f"the answer about coverage cannot be read: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise MeasurementError("the answer about coverage is no regular file")
        content = file.read(largest + 1)
    if len(content) > largest:
        raise MeasurementError(f"the answer about coverage is larger than {largest} bytes")
    return content
