"""What this Python is, and coverage.py's configuration as its own coverage reads it."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
import sysconfig
from pathlib import Path
from typing import Any

import coverage

RUNNERS = ("pytest", "pytest_cov", "xdist")
SETTINGS = (
    "branch",
    "concurrency",
    "cover_pylib",
    "disable_warnings",
    "dynamic_context",
    "exclude_also",
    "exclude_list",
    "include_namespace_packages",
    "parallel",
    "partial_also",
    "partial_always_list",
    "partial_list",
    "patch",
    "paths",
    "plugin_options",
    "plugins",
    "relative_files",
    "report_include",
    "report_omit",
    "run_include",
    "run_omit",
    "sigterm",
    "source",
    "source_dirs",
    "source_pkgs",
    "timid",
)


def describe(request: dict[str, Any]) -> dict[str, Any]:
    """Facts about this Python, and the configurations of the trees at "root" and, where it is given, at "base_root"."""
    base_root = request.get("base_root")
    return {
        "executable": sys.executable,
        "version": list(sys.version_info[:3]),
        "implementation": platform.python_implementation(),
        "optimize": sys.flags.optimize,
        "coverage": coverage.__version__,
        "c_tracer": importlib.util.find_spec("coverage.tracer") is not None,
        "modules": [name for name in RUNNERS if importlib.util.find_spec(name)],
        "scripts": sysconfig.get_path("scripts") or "",
        "subprocess_hook": _has_start_up_file(),
        "head": configuration(request["root"], request.get("config_file", "")),
        "base": configuration(base_root, request.get("base_config_file", "")) if base_root else None,
    }


def configuration(directory: str, config_file: str = "") -> dict[str, Any]:
    """The configuration of the tree in `directory`, before and after coverage's plugins changed it.

    Errors: a configuration that coverage refuses, or whose plugins cannot be loaded, is told in "error".
    """
    before = Path.cwd()
    os.chdir(directory)
    try:
        return _configuration(config_file)
    except Exception as error:  # noqa: BLE001  # plugins of the repository run here
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        os.chdir(before)


def _configuration(config_file: str) -> dict[str, Any]:
    named = config_file if config_file and Path(config_file).exists() else True
    measuring = coverage.Coverage(data_file=None, config_file=named)
    found = {"read": _settings(measuring.config), "file": measuring.config.config_file or ""}
    # The repository could have coverage write its debugging output anywhere.
    measuring.config.debug = []
    measuring.config.debug_file = None
    measuring.get_exclude_list()  # loads the plugins and lets them change the configuration
    found["effective"] = _settings(measuring.config)
    found["file_tracers"] = [plugin._coverage_plugin_name for plugin in measuring._plugins.file_tracers]
    return found


def _settings(config: Any) -> dict[str, Any]:
    return {name: _plain(getattr(config, name)) for name in SETTINGS if getattr(config, name, None) is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (bool, int, float)) else str(value)


def _has_start_up_file() -> bool:
    """Whether a .pth file starts coverage in every Python process that is asked to measure itself."""
    places = {Path(path) for path in sys.path if Path(path).is_dir()}
    return any(_starts_coverage(path) for place in places for path in place.glob("*.pth"))


def _starts_coverage(path: Path) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return b"coverage" in content and b"process_startup" in content
