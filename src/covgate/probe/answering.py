"""A question in JSON, an answer in compressed JSON; a failure is an answer too."""

from __future__ import annotations

import gc
import gzip
import importlib
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any, Callable

Request = dict[str, Any]
Answer = dict[str, Any]


def answer(question: str, request_path: str, answer_path: str) -> int:
    """Answers one question and returns the exit code.

    Errors: none; what goes wrong is told in the answer's "error", as (slug, message).
    """
    # Coverage makes millions of small objects and hardly any cycles: collecting garbage costs a third of the time.
    gc.disable()
    warnings.simplefilter("ignore")
    request = json.loads(Path(request_path).read_text(encoding="utf-8"))
    reply = _reply(question, request)
    with gzip.open(answer_path, "wt", encoding="ascii", compresslevel=1) as file:
        # `dump` would encode piece by piece in Python; `dumps` does it in C.
        file.write(json.dumps(reply, separators=(",", ":")))
    return 1 if "error" in reply else 0


def _reply(question: str, request: Request) -> Answer:
    os.chdir(request["root"])
    # As `python -m coverage` does: coverage's plugins may live in the repository.
    sys.path.insert(0, str(Path.cwd()))
    try:
        return _answering(question)(request)
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "coverage":
            return {"error": ["no-coverage", str(error)]}
        return {"error": ["coverage", f"{type(error).__name__}: {error}"]}
    except Exception as error:  # noqa: BLE001  # a plugin of the repository may raise anything
        if getattr(error, "slug", "") == "data":
            return {"error": ["data", str(error)]}
        return {"error": ["coverage", f"{type(error).__name__}: {error}"]}


def _answering(question: str) -> Callable[[Request], Answer]:
    """The function of that name; its module is imported only now, because it needs coverage, which may not be there."""
    module = "describe" if question == "describe" else "export"
    function: Callable[[Request], Answer] = getattr(importlib.import_module(f".{module}", __package__), question)
    return function
