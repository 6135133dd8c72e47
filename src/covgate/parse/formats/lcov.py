"""LCOV tracefiles, as coverage.py, geninfo and gcovr write them.

Source: geninfo(1). `DA:line,hits[,checksum]`, `BRDA:line,block,branch,taken` where `-` is never reached; coverage.py
writes the way's description for `branch`; older versions of it wrote the line that a way goes to, or 0, for the line
that it starts from: such branches cannot be placed. Functions and conditions (FN, FNL, MCDC) are not asked for.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from covgate.model.lines import NO_LINES
from covgate.model.snapshot import Branch, FileCoverage, MissedArc
from covgate.parse.input_format import UNKNOWN_TARGET, ForeignReport, InputFormat, damaged, text_of
from covgate.parse.tally import Tally, line_number, missed_arc, ran, settled, shown
from covgate.parse.union import union

_TAG = re.compile(r"[A-Z]{2,8}:")
_JUMP = re.compile(r"jump to line ([0-9]{1,8})")


@dataclass(slots=True)
class _Record:
    """One source file's lines in one record.

    Shape:  `ways` says of (line, block, branch) whether it was taken; `counted` are the record's own sums of lines (LF)
            and branches (BRF).
    """

    path: str
    tally: Tally = field(default_factory=Tally)
    ways: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    displaced: bool = False


def _recognises(_name: str, head: bytes) -> bool:
    lines = (line.strip() for line in text_of(head).splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "").startswith(("TN:", "SF:"))


def _parse(content: bytes, where: str) -> ForeignReport:
    records = list(_records(content.decode("utf-8-sig", errors="replace"), where))
    displaced = any(record.displaced or _is_displaced(record.ways) for record in records)
    by_path: dict[str, list[FileCoverage]] = {}
    for record in records:
        by_path.setdefault(record.path, []).append(_file(record, displaced))
    files = tuple(union(found)[0] for found in by_path.values())
    note = f"{where} names the targets of branches and not their lines, as old versions do: its branches are left out."
    return ForeignReport(
        files=files,
        has_branches=any(file.branches for file in files),
        tool="LCOV",
        inexact=frozenset(record.path for record in records if _is_inexact(record)),
        notes=(note,) if displaced else (),
    )


def _records(text: str, where: str) -> Iterator[_Record]:
    record: _Record | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        said = line.strip()
        if said.startswith("SF:"):
            if record:
                raise damaged(f"{where}:{number}", "a record begins before the one above it ends")
            record = _Record(said[3:])
        elif said == "end_of_record":
            if record:
                yield record
            record = None
        elif said:
            _count(said, record, f"{where}:{number}")
    if record:
        raise damaged(where, f"the file ends within the record of {shown(record.path)}")


def _count(said: str, record: _Record | None, where: str) -> None:
    if said.startswith("#"):
        return
    if not _TAG.match(said):
        raise damaged(where, f"{shown(said)} is no line of an LCOV file")
    if record is None:
        return
    tag, _, rest = said.partition(":")
    if tag == "DA":
        number, _, counted = rest.partition(",")
        record.tally.hit(line_number(number.strip(), where), ran(counted.partition(",")[0].strip(), where))
    elif tag == "BRDA":
        _count_way(rest, record, where)
    elif tag in ("LF", "BRF") and rest.isascii() and rest.isdigit():
        record.counted[tag] = int(rest[:9])


def _count_way(rest: str, record: _Record, where: str) -> None:
    head, _, taken = rest.rpartition(",")
    parts = head.split(",", 2)
    if len(parts) != 3:  # noqa: PLR2004  # line, block, branch
        raise damaged(where, f"{shown(rest)} does not tell a branch's line, block, number and count")
    if parts[0] == "0":
        record.displaced = True
        return
    key = (line_number(parts[0], where), parts[1], parts[2])
    record.ways[key] = record.ways.get(key, False) or (taken != "-" and ran(taken, where))


def _file(record: _Record, displaced: bool) -> FileCoverage:
    if not displaced:
        record.tally.branches.update({branch.line: branch for branch in _branches(record)})
    return record.tally.file(record.path, NO_LINES)


def _is_inexact(record: _Record) -> bool:
    """Whether another number of lines is listed than the record counts."""
    return record.counted.get("LF", len(record.tally.hits)) != len(record.tally.hits)


def _is_displaced(ways: Iterable[tuple[int, str, str]]) -> bool:
    """Whether a block holds several lines while no two ways share block and number: how coverage.py wrote them once."""
    keys = list(ways)
    lines: dict[str, set[int]] = {}
    for line, block, _ in keys:
        lines.setdefault(block, set()).add(line)
    distinct = len({(block, way) for _, block, way in keys}) == len(keys)
    described = any(" " in way for _, _, way in keys)
    return distinct and not described and any(len(found) > 1 for found in lines.values())


def _branches(record: _Record) -> tuple[Branch, ...]:
    exits = Counter(line for line, _, _ in record.ways)
    missed: dict[int, list[MissedArc]] = {}
    for (line, _, way), taken in record.ways.items():
        if not taken:
            missed.setdefault(line, []).append(missed_arc(line, _target(line, way)))
    return settled(exits, missed, record.counted.get("BRF", exits.total()), sorted(record.tally.hits))


def _target(line: int, way: str) -> int:
    """Where coverage.py's description says that a way goes; unknown for the numbers that others write."""
    jump = _JUMP.fullmatch(way)
    if jump:
        return int(jump[1])
    return -line if " " in way else UNKNOWN_TARGET


FORMAT = InputFormat(
    id="lcov",
    summary="LCOV",
    recognises=_recognises,
    parse=_parse,
    samples=("coverage-7.17.info", "coverage-7.17-lines.info", "coverage-7.2.info", "gcovr-8.8.info"),
)
