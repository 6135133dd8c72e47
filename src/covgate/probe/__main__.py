"""Where the probe begins: `python <this file> <question> <request.json> <answer.json.gz>`, in the suite's own Python.

Its modules are loaded as a package of an unlikely name, and its directory leaves `sys.path`: a plugin of the repository
must find the repository's modules, not these.
"""

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

NAME = "_covgate_probe"


def load() -> ModuleType:
    """The package around this file, whatever the Python that runs it has installed."""
    here = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(
        NAME, str(here / "__init__.py"), submodule_search_locations=[str(here)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = package
    spec.loader.exec_module(package)
    return importlib.import_module(NAME + ".answering")


if __name__ == "__main__":
    answering = load()
    sys.path.pop(0)
    sys.exit(answering.answer(*sys.argv[1:]))
