"""Collects one constant from each module of a package, so that to add a thing is to write a file."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any


def collect(package: ModuleType, constant: str) -> tuple[Any, ...]:
    """The value named `constant` of every module in `package`, in order of the modules' names.

    Shape:  a tuple; modules whose name starts with an underscore are left out.
    Errors: AttributeError where a module lacks the constant: a forgotten definition must not pass silently.
    """
    return _collect(package.__name__, constant)


@cache
def _collect(package_name: str, constant: str) -> tuple[Any, ...]:
    package = importlib.import_module(package_name)
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return tuple(getattr(importlib.import_module(f"{package_name}.{name}"), constant) for name in names)
