"""Whether a file that coverage never saw belongs to what is measured, by the configuration that is judged by."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coverage.files import GlobMatcher, TreeMatcher, prep_patterns


class Bounds:
    """What a configuration measures.

    Shape:  `settings` are coverage's effective ones; `source` overrides theirs where not empty, `default_source`
            stands in where they have none; `measured` are absolute paths of files that were measured.
    """

    def __init__(
        self,
        root: str,
        settings: Mapping[str, Any],
        source: Sequence[str],
        default_source: Sequence[str],
        measured: Iterable[str],
    ) -> None:
        self._root = root
        configured = [name for key in ("source", "source_pkgs", "source_dirs") for name in settings.get(key) or ()]
        include = settings.get("run_include") or ()
        self._told = bool(source or configured)
        self._names = list(source or configured or (() if include else default_source))
        self._source = TreeMatcher([place for name in self._names for place in self._places(name)], "source")
        self._include = None if self._names else _matcher(include)
        self._filters = [
            (_matcher(settings.get("run_omit")), True, "omitted by `omit` of the coverage configuration"),
            (_matcher(settings.get("report_omit")), True, "omitted by `omit` of coverage's report"),
            (_matcher(settings.get("report_include")), False, "outside `include` of coverage's report"),
        ]
        self._tops = {self._top(path) for path in measured}

    def reason_against(self, path: str) -> str:
        """Why the file at this absolute path counts nowhere, "" where it counts."""
        if self._names:
            if not self._source.match(path):
                bounds = "`source` of the coverage configuration" if self._told else "what is measured"
                return f"outside {bounds} ({', '.join(self._names)})"
        elif self._include is not None:
            if not self._include.match(path):
                return "outside `include` of the coverage configuration"
        elif self._top(path) not in self._tops:
            return "not under any directory that was measured"
        broken = (words for matcher, bad, words in self._filters if matcher and bool(matcher.match(path)) is bad)
        return next(broken, "")

    def _places(self, name: str) -> list[str]:
        """Where a source lies: its directory, else all that may be the package or module. Nothing is imported."""
        here = Path(self._root, name).resolve()
        if here.is_dir():
            return [str(here)]
        inner = name.replace(".", "/")
        roots = [Path(self._root), Path(self._root, "src"), *(Path(path) for path in sys.path if path)]
        candidates = [root / (inner + end) for root in roots for end in ("", ".py")]
        return [str(place.resolve()) for place in candidates if place.exists()] or [str(here)]

    def _top(self, path: str) -> str:
        """The directory at the top of the repository, or under `src`, that a file lies in; "" for files at the top."""
        if not path.startswith(f"{self._root}/"):
            return "elsewhere"
        parts = path[len(self._root) + 1 :].split("/")[:-1]
        return "/".join(parts[: 2 if parts[:1] == ["src"] else 1])


def _matcher(patterns: Any) -> GlobMatcher | None:
    return GlobMatcher(prep_patterns(patterns), "bounds") if patterns else None
