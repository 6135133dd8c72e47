"""Runs the suite here, under coverage, in its own Python."""

import functools
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from covgate.errors import MeasurementError
from covgate.measure.addopts import PYTEST_FILES, PytestOptions, options_at_base, pytest_options
from covgate.measure.command import Command, Kind, default_command, understood
from covgate.measure.ending import Remains, suite_result, unstarted
from covgate.measure.exclusions import exclusion_changes
from covgate.measure.rcfile import PATCH_SINCE, Sources, configured_sources, measuring_core, run_rcfile
from covgate.measure.sources import default_source, guessed_words
from covgate.model.component import within
from covgate.model.interpreter import Interpreter
from covgate.model.policy import PolicyChange
from covgate.model.snapshot import Snapshot
from covgate.model.suite import Ending, SuiteResult
from covgate.parse.probe_outcomes import outcomes_from
from covgate.ports import KeptData, Measurement, SuiteOrder
from covgate.shell.committed import NOTHING_COMMITTED, Committed
from covgate.shell.processes import Finished, Untrusted, run
from covgate.shell.suite.environment import suite_environment
from covgate.shell.suite.interpreter import find_python
from covgate.shell.suite.kept_data import kept_data
from covgate.shell.suite.probing import PROBE, ExportRequest, Probe, answers_in, is_text, read_answer

PROBE_SECONDS = 900
LARGEST_SETTINGS = 1_000_000
COMPILING_FLAGS = ("-O", "-OO")
COLLECTOR = ("-p", "covgate_pytest")


def _silent(_: str) -> None:
    """Nobody wants the output."""


@dataclass(frozen=True, slots=True)
class LocalSuite:
    """The suite of the repository at `root`, run on this machine.

    Shape:  `scratch` is an existing directory outside the repository, in which nothing is kept; `environment` is the
            suite's, less what would change the measurement; `say` gets each line that the suite prints; `user` is whom
            to run it as where it is not trusted; `python_files` are the repository's, None to look for them on disk;
            `keep` gets the coverage data as soon as the suite has ended, whatever goes wrong after that; `committed` is
            what Git tracks, where data that were committed are not taken for measured ones; `around` is where the
            project is that this is a component of, "" for none.
    """

    root: str
    scratch: str
    environment: Mapping[str, str]
    say: Callable[[str], None] = _silent
    user: Untrusted | None = None
    python_files: tuple[str, ...] | None = None
    keep: Callable[[KeptData], None] | None = None
    committed: Committed = NOTHING_COMMITTED
    around: str = ""

    def measure(self, order: SuiteOrder) -> Measurement:
        """As `Suite.measure`."""
        bench = self._bench(order)
        interpreter = bench.probe.describe(order.base_files)
        command = bench.command(interpreter)
        sources = bench.sources(interpreter)
        result = bench.run(command, interpreter, sources)
        data = bench.kept_data()
        if data and self.keep:
            self.keep(data)
        snapshot = _with_remarks(bench.snapshot(interpreter), interpreter, bench.guessed(interpreter))
        _refuse_nothing(result, snapshot, sources, command)
        return Measurement(snapshot, result, bench.exclusions(interpreter), data=data if order.keep_data else None)

    def read(self, data: Sequence[str], order: SuiteOrder) -> Measurement:
        """As `Suite.read`."""
        from covgate.shell.given_data import read_given  # noqa: PLC0415  # it asks this package's probe, too

        bench = self._bench(order)
        measurement = read_given(
            data,
            order,
            root=self.root,
            probe=bench.probe,
            python_files=bench.files,
            default_source=bench.default_source,
            committed=self.committed,
        )
        return replace(measurement, exclusions=bench.exclusions(bench.probe.describe(order.base_files)))

    def _bench(self, order: SuiteOrder) -> "Bench":
        root = str(Path(self.root).resolve())
        python = find_python(order.python, root, self.environment, self.around)
        scratch = _scratch(self.scratch, self.user)
        environment = suite_environment(self.environment, python, order.env, self.user)
        given = understood(order.command) if order.command else None
        options = pytest_options(_pytest_texts(root), given.arguments if given else ())
        flags = [flag for flag in (given.flags if given else ()) if flag in COMPILING_FLAGS]
        ask = functools.partial(run, cwd=root, env=environment, timeout_seconds=PROBE_SECONDS, user=self.user)
        found = self.python_files if self.python_files is not None else find_python_files(root)
        files = tuple(path for path in found if not any(within(path, name) for name in order.apart))
        named = options_at_base(order.base_files or {}, order.base_command).config_file
        probe = Probe(python, root, scratch, ask, config_file=options.config_file, base_config_file=named, flags=flags)
        return Bench(root, scratch, python, environment, order, given, options, files, probe, self.say, self.user)


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything for one measurement, laid out."""

    root: str
    scratch: str
    python: str
    environment: Mapping[str, str]
    order: SuiteOrder
    given: Command | None
    options: PytestOptions
    files: tuple[str, ...]
    probe: Probe
    say: Callable[[str], None]
    user: Untrusted | None

    def command(self, interpreter: Interpreter) -> Command:
        """The command that was given, else what the repository uses.

        Errors: MeasurementError where its runner is not installed, or its script is not there.
        """
        command = self.given
        if command is None:
            has_pytest = "pytest" in interpreter.modules
            text = default_command(self.files, has_pytest=has_pytest, uses_pytest=self.options.configured)
            command = understood(text)
        if command.runner == "pytest" and "pytest" not in interpreter.modules:
            hint = f"Install it there: {self.python} -m pip install pytest"
            raise MeasurementError(f"pytest is not installed in {self.python}", hint=hint)
        if command.kind is Kind.SCRIPT and not command.runner and not Path(self.root, command.target).exists():
            raise MeasurementError(f"the suite's command names a script that is not there: {command.target}")
        return command

    def sources(self, interpreter: Interpreter) -> Sources:
        """What to measure: what the settings say, else coverage's configuration, else `--cov`, else a guess."""
        found = Sources(self.order.source) or configured_sources(interpreter.head)
        if not found and not interpreter.head.values("run_include"):
            found = Sources(self.default_source)
        return Sources(
            tuple(self._rooted(name) for name in found.source),
            found.packages,
            tuple(self._rooted(name) for name in found.directories),
        )

    def guessed(self, interpreter: Interpreter) -> tuple[str, ...]:
        """What is measured by a guess, nothing where anybody says what to measure."""
        asked = self.order.source or configured_sources(interpreter.head) or interpreter.head.values("run_include")
        return () if asked or self.options.sources else self.default_source

    @property
    def default_source(self) -> tuple[str, ...]:
        """What to measure where neither the settings nor coverage's configuration say it.

        Shape:  what was measured at the base stays measured: a change that adds a package, or a `--cov`, must not make
                the others vanish.
        """
        now = self.options.sources or default_source(self.files)
        if self.order.base_files is None:
            return now
        then = self._base_options.sources or default_source(self.order.base_python)
        return tuple(dict.fromkeys((*now, *(name for name in then if self._is_there(name)))))

    @property
    def _base_options(self) -> PytestOptions:
        return options_at_base(self.order.base_files or {}, self.order.base_command)

    def _is_there(self, name: str) -> bool:
        """Whether a source of the base is one still; a dotted name may be a package wherever it is installed."""
        place = Path(self.root, name)
        return "." in name or place.exists() or place.with_name(f"{place.name}.py").exists()

    def exclusions(self, interpreter: Interpreter) -> tuple[PolicyChange, ...]:
        """What the change does to the settings that decide what counts."""
        changes = exclusion_changes(interpreter)
        then, now = self._base_options.sources, self.options.sources
        if interpreter.base is None or then == now:
            return changes
        return (*changes, PolicyChange("--cov", *(f"[{', '.join(names)}]" if names else "" for names in (then, now))))

    def _rooted(self, name: str) -> str:
        """A directory by its absolute path: a subprocess of the suite may run elsewhere."""
        place = Path(self.root, name)
        return str(place.resolve()) if place.is_dir() else name

    def run(self, command: Command, interpreter: Interpreter, sources: Sources) -> SuiteResult:
        """Runs the suite; data and outcomes are left in the scratch directory.

        Errors: MeasurementError where it never began.
        """
        rcfile = Path(self.scratch, "run.rc")
        data_file = str(self._data / "coverage")
        rcfile.write_text(run_rcfile(interpreter, sources, root=self.root, data_file=data_file), encoding="utf-8")
        rcfile.chmod(0o644)
        finished = run(
            self._argv(command, interpreter, str(rcfile)),
            cwd=self.root,
            env=self._environment(command, str(rcfile)),
            timeout_seconds=self.order.timeout_seconds,
            on_line=self.say,
            user=self.user,
        )
        remains = self._remains(finished)
        if not self.data_files and (reason := unstarted(command, remains)):
            hint = "Name another in `suite.command`, or install what this one needs."
            raise MeasurementError(reason, where=command.text, hint=hint)
        return suite_result(command, remains, self.order.timeout_seconds)

    @property
    def _data(self) -> Path:
        return Path(answers_in(self.scratch))

    def _argv(self, command: Command, interpreter: Interpreter, rcfile: str) -> list[str]:
        if command.kind is Kind.SHELL:
            return ["/bin/sh", "-c", command.target]
        target = ["-m", command.target] if command.kind is Kind.MODULE else [command.target]
        added: tuple[str, ...] = ()
        if command.runner == "pytest":
            added = (*COLLECTOR, *self._workers(interpreter), *(f"--ignore={name}" for name in self.order.apart))
            if command.kind is Kind.SCRIPT:
                script = Path(interpreter.scripts, "pytest")
                target = [str(script)] if script.is_file() else ["-m", "pytest"]
        start = [self.python, *command.flags, str(PROBE / "launch.py"), rcfile]
        return [*start, *target, *added, *command.arguments]

    def _workers(self, interpreter: Interpreter) -> tuple[str, ...]:
        """Options for pytest-xdist where a number of workers was asked for.

        "auto" leaves it to the suite's own options: not every suite that has the plugin can run in parallel.
        """
        wanted = self.order.workers
        if not wanted.isdigit() or "xdist" not in interpreter.modules or self.options.parallel:
            return ()
        return ("-n", wanted)

    def _environment(self, command: Command, rcfile: str) -> dict[str, str]:
        environment = {
            **self.environment,
            **dict(command.environment),
            "COVGATE_OUTCOMES": str(self._data / "outcomes"),
        }
        if command.kind is Kind.SHELL:
            # For the Python processes that it starts: by coverage's start-up file, or by a `coverage run` of their own.
            environment.update(COVERAGE_PROCESS_START=rcfile, COVERAGE_RCFILE=rcfile)
        return environment

    def _remains(self, finished: Finished) -> Remains:
        try:
            outcomes = outcomes_from(read_answer(str(self._data / "outcomes")))
        except FileNotFoundError:
            outcomes = outcomes_from(b"")
        return Remains(
            status=finished.status,
            seconds=finished.seconds,
            timed_out=finished.timed_out,
            cases=outcomes.cases,
            unfinished=outcomes.unfinished,
            tail=finished.tail,
        )

    @property
    def data_files(self) -> tuple[str, ...]:
        """The data files that the suite left."""
        return tuple(sorted(str(path) for path in self._data.glob("coverage*") if _is_data(path)))

    def kept_data(self) -> KeptData | None:
        """The suite's coverage data in one file that it cannot write any more; None where there is none.

        Errors: MeasurementError where the order asks for it, and it cannot be had.
        """
        files = self.data_files
        if not (files or self.order.keep_data):
            return None
        try:
            one = files[0] if len(files) == 1 and not self.order.keep_data else self.probe.gather(files)
            return kept_data(one, str(Path(self.scratch, "kept.data")))
        except MeasurementError:
            if self.order.keep_data:
                raise
            return None  # what is wrong with it is told where it is read

    def snapshot(self, interpreter: Interpreter) -> Snapshot:
        """What the suite covered."""
        return self.probe.export(
            ExportRequest(
                data_files=self.data_files,
                changed=self.order.changed,
                base_files=self.order.base_files,
                source=self.order.judged_source,
                default_source=self.default_source,
                core=measuring_core(interpreter),
                forgiving=True,
            )
        )


def _with_remarks(snapshot: Snapshot, interpreter: Interpreter, guessed: tuple[str, ...]) -> Snapshot:
    """What the reader must know of how it was measured."""
    remarks = [guessed_words(guessed)] if guessed else []
    if interpreter.coverage_version < PATCH_SINCE and not interpreter.subprocess_hook:
        remarks.append(f"coverage {interpreter.coverage} does not measure what subprocesses run; 7.10 and later do")
    return replace(snapshot, notes=(*snapshot.notes, *remarks))


def _refuse_nothing(result: SuiteResult, snapshot: Snapshot, sources: Sources, command: Command) -> None:
    """A suite that passes and covers nothing was measured wrongly; one that broke may have covered nothing."""
    if result.ending is not Ending.PASSED or snapshot.files:
        return
    named = ", ".join((*sources.source, *sources.packages, *sources.directories)) or "everything"
    hint = "Does the suite test an installed copy? `suite.source` in `.covgate.yml` names what to measure."
    if command.kind is Kind.SHELL:
        hint = "Name a command that covgate can run itself, such as `pytest` or `python -m unittest`."
    raise MeasurementError(f"the suite passed, but nothing was measured of {named}", hint=hint)


def _scratch(parent: str, user: Untrusted | None) -> str:
    """A directory for one measurement, in which the suite's user may write in one place only."""
    scratch = Path(tempfile.mkdtemp(prefix="measure-", dir=parent)).resolve()
    answers = Path(answers_in(str(scratch)))
    answers.mkdir()
    if user:
        scratch.chmod(0o755)
        os.chown(answers, user.uid, user.gid)
    return str(scratch)


def _is_data(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.endswith(("-journal", "-wal", "-shm"))


def _pytest_texts(root: str) -> dict[str, str]:
    """The files at the top of the repository that may configure pytest."""
    places = [Path(root, name) for name in PYTEST_FILES]
    readable = [place for place in places if place.is_file() and place.stat().st_size <= LARGEST_SETTINGS]
    return {place.name: place.read_text(encoding="utf-8", errors="replace") for place in readable}


def find_python_files(root: str) -> tuple[str, ...]:
    """Paths of the Python files on disk, but for those in hidden directories, venvs and what packages are built in."""
    found: list[str] = []
    for directory, inner, names in os.walk(root):
        here = Path(directory)
        inner[:] = [name for name in inner if not name.startswith(".") and not (here / name / "pyvenv.cfg").exists()]
        found.extend((here / name).relative_to(root).as_posix() for name in names if name.endswith(".py"))
    return tuple(sorted(filter(is_text, found)))
