"""coverage.py's configuration file as covgate writes it, from the settings that the repository's own files have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from covgate.model.interpreter import Configuration, Interpreter

# Nobody reads coverage.py's warnings in a run of covgate, and where Python turns warnings into errors they end it.
SILENCED = (
    "already-imported",
    "couldnt-parse",
    "include-ignored",
    "module-not-imported",
    "module-not-measured",
    "module-not-python",
    "no-ctracer",
    "no-data-collected",
    "no-sysmon",
    "no-sysmon-context",
)
SYSMON_MEASURES_BRANCHES = ((3, 14, 0), (7, 17, 1))
PATCH_SINCE = (7, 10)
CORE_SINCE = (7, 9)
CONTEXTS = "test_function"
"""The only value of `dynamic_context` that coverage.py knows: the tests that ran a line are kept with it."""
LIGHT_THREADS = frozenset({"greenlet", "eventlet", "gevent"})

Section = dict[str, str | list[str] | bool]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is measured.

    Shape:  `source` are directories and packages; `packages` those that are certainly packages; `directories` those
            that are certainly directories, as coverage.py's three settings are.
    """

    source: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    directories: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.source or self.packages or self.directories)


def configured_sources(configuration: Configuration) -> Sources:
    """The sources that the configuration itself names."""
    names = configuration.values
    return Sources(names("source"), names("source_pkgs"), names("source_dirs"))


def measuring_core(interpreter: Interpreter) -> str:
    """The cheapest core that is exact here: "sysmon", "ctrace" or "pytrace".

    Source: coverage.py measures branches through sys.monitoring from Python 3.14 and coverage.py 7.17.1 on; file
            tracers, light threads and contexts need the C tracer.
    """
    python, coverage = SYSMON_MEASURES_BRANCHES
    settings = interpreter.head
    fits = (
        interpreter.version >= python
        and interpreter.coverage_version >= coverage
        and interpreter.implementation == "CPython"
    )
    hindered = (
        settings.file_tracers
        or LIGHT_THREADS & set(settings.values("concurrency"))
        or settings.read.get("timid")
        or _keeps_contexts(settings)
    )
    if fits and not hindered:
        return "sysmon"
    return "ctrace" if interpreter.c_tracer and not settings.read.get("timid") else "pytrace"


def _keeps_contexts(settings: Configuration) -> bool:
    return settings.read.get("dynamic_context") == CONTEXTS


def run_rcfile(interpreter: Interpreter, sources: Sources, *, root: str, data_file: str) -> str:
    """The configuration file to measure with.

    Shape:  paths that the repository gives relative to itself stand here absolute too: a subprocess may run elsewhere.
            Branches are always measured, data always go to `data_file` with a suffix per process; static contexts,
            debugging, `fail_under` and relative file names are left out.
    """
    settings = interpreter.head
    run: Section = {
        "branch": True,
        "parallel": True,
        "data_file": data_file,
        "disable_warnings": sorted({*SILENCED, *_names(settings.read, "disable_warnings")}),
        "source": list(sources.source),
        "source_pkgs": list(sources.packages),
        "source_dirs": list(sources.directories),
        "patch": _patches(interpreter),
        "concurrency": _names(settings.read, "concurrency"),
        **{name: True for name in ("cover_pylib", "sigterm", "timid") if settings.read.get(name)},
        **({"dynamic_context": CONTEXTS} if _keeps_contexts(settings) else {}),
        **_patterns("include", settings.read, "run_include", root),
        **_patterns("omit", settings.read, "run_omit", root),
        **_core(interpreter),
    }
    return _written({"run": run, "report": _report(settings), **_shared(settings, run)})


def report_rcfile(interpreter: Interpreter) -> str:
    """The configuration file to read data with: what counts, and under which name.

    Both are the base's where that was asked for: a change must not exclude itself, or lend itself the coverage of other
    files. A base whose configuration cannot be read excludes what coverage.py does by default. Plugins that measured
    other files than Python's have to be there all the same.
    """
    settings = interpreter.judging
    tracers = [name for name in _names(interpreter.head.read, "plugins") if _traces(name, interpreter.head)]
    plugins = list(dict.fromkeys([*_names(settings.read, "plugins"), *tracers]))
    options = {**_options(interpreter.head), **_options(settings)}
    judged = replace(settings, read={**settings.read, "plugins": plugins, "plugin_options": options})
    run: Section = {"branch": True, "disable_warnings": list(SILENCED)}
    return _written({"run": run, "report": _report(judged), **_shared(judged, run)})


def _traces(plugin: str, settings: Configuration) -> bool:
    return any(name == plugin or name.startswith(f"{plugin}.") for name in settings.file_tracers)


def _options(settings: Configuration) -> Mapping[str, object]:
    options = settings.read.get("plugin_options")
    return options if isinstance(options, Mapping) else {}


def _patches(interpreter: Interpreter) -> list[str]:
    own = _names(interpreter.head.read, "patch")
    if interpreter.coverage_version < PATCH_SINCE:
        return own
    return sorted({*own, "subprocess"})


def _core(interpreter: Interpreter) -> Section:
    """Said only where coverage.py's own choice might differ from covgate's."""
    core = measuring_core(interpreter)
    if (
        interpreter.coverage_version < CORE_SINCE
        or interpreter.version < SYSMON_MEASURES_BRANCHES[0]
        or core == "pytrace"
    ):
        return {}
    return {"core": core}


def _report(settings: Configuration) -> Section:
    read = settings.read
    return {
        "exclude_lines": _names(read, "exclude_list"),
        "partial_branches": _names(read, "partial_list"),
        "partial_branches_always": _names(read, "partial_always_list"),
        "include": _names(read, "report_include"),
        "omit": _names(read, "report_omit"),
        **{name: True for name in ("include_namespace_packages",) if read.get(name)},
    }


def _shared(settings: Configuration, run: Section) -> dict[str, Section]:
    """Plugins with their options, and [paths]: the same for measuring and for reading."""
    plugins = _names(settings.read, "plugins")
    run["plugins"] = plugins
    known = _options(settings)
    sections = {name: _section(known[name]) for name in plugins if name in known}
    paths = settings.read.get("paths")
    return {"paths": _section(paths), **sections} if paths else sections


def _section(values: object) -> Section:
    if not isinstance(values, Mapping):
        return {}
    return {
        str(key): [str(item) for item in value] if isinstance(value, list) else str(value)
        for key, value in values.items()
    }


def _patterns(key: str, read: Mapping[str, object], name: str, root: str) -> Section:
    patterns = _names(read, name)
    rooted = [f"{root}/{pattern.removeprefix('./')}" for pattern in patterns if not pattern.startswith(("*", "?", "/"))]
    return {key: [*patterns, *rooted]}


def _names(settings: Mapping[str, object], key: str) -> list[str]:
    value = settings.get(key)
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _written(sections: Mapping[str, Section]) -> str:
    return "\n".join(f"[{name}]\n{_entries(section)}" for name, section in sections.items())


def _entries(section: Section) -> str:
    return "".join(f"{key} ={_value(value)}\n" for key, value in section.items() if value not in ([], ""))


def _value(value: str | Iterable[str] | bool) -> str:
    if isinstance(value, (bool, str)):
        return " " + _escaped(str(value))
    return "".join(f"\n    {_escaped(item)}" for item in value)


def _escaped(text: str) -> str:
    """Text that comes out of an ini file as it went in.

    A line that begins with `#` or `;` would be a comment, `$` would begin a variable, a line break would end the value.
    All that is written so is a pattern, in which a backslash in front of the first two and `\\n` mean the same.
    """
    line = text.replace("$", "$$").replace("\n", "\\n")
    return f"\\{line}" if line.startswith(("#", ";")) else line
