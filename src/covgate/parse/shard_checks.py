"""Whether the shards that were given are the whole, and the head's."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from covgate.errors import MeasurementError
from covgate.model.shard import GivenShard, Shard
from covgate.model.snapshot import Origin

NOT_REPORTED = (
    "The job failed before its suite had ended, was cancelled, or did not upload {files}. "
    "Upload them with `if: ${{{{ !cancelled() }}}}`, then run the missing jobs again."
)


def whole(given: Sequence[GivenShard], expected: Sequence[str], head_sha: str) -> tuple[Shard, ...]:
    """The shards, each once, in the order in which they are expected.

    Shape:  `expected` are the names that must be there, none where nobody named any; `head_sha` is "" where it is not
            known.
    Errors: MeasurementError that tells all that is wrong: a shard that is missing, unknown, of another commit, given
            twice with other content, or without the data that belong to it.
    """
    missing = tuple(name for name in expected if name not in {one.shard.name for one in given})
    told = [*_missing(missing, expected), *_wrong(given, expected, head_sha)]
    if told:
        files = " and ".join(f"`{kind}.{missing[0] if missing else 'NAME'}.{end}`" for kind, end in _FILES)
        hint = NOT_REPORTED.format(files=files) if missing else "Give the data of all shards of one run, and no others."
        what = told[0] if len(told) == 1 else "\n".join(("The shards do not make a whole.", *told))
        raise MeasurementError(what, where="suite.shards" if missing else "", hint=hint)
    by_name = {one.shard.name: one.shard for one in given}
    return tuple(by_name[name] for name in (expected or sorted(by_name)))


_FILES = (("coverage", "data"), ("results", "json"))


def _missing(missing: Sequence[str], expected: Sequence[str]) -> Iterator[str]:
    if len(missing) == 1:
        yield f"The shard {_named(missing)} has not reported."
    elif missing:
        yield f"{len(missing)} of {len(expected)} shards have not reported: {_named(missing)}."


def _wrong(given: Sequence[GivenShard], expected: Sequence[str], head_sha: str) -> Iterator[str]:
    """A sentence for everything that keeps a shard from being counted."""
    for one in given:
        shard = one.shard
        if expected and shard.name not in expected:
            yield f"{unknown_shard(shard.name, expected)} It is in {one.where}."
        if head_sha and shard.sha != head_sha:
            yield f"The shard `{shard.name}` measured the commit `{shard.sha[:12]}`, and the head is `{head_sha[:12]}`."
        if not one.found_sha256:
            yield f"The shard `{shard.name}` came without `{shard.data_name}`, which belongs beside {one.where}."
        elif one.found_sha256 != shard.data_sha256:
            yield f"`{shard.data_name}` and {one.where} are not of one run of the shard `{shard.name}`."
    yield from _twice(given)


def _twice(given: Sequence[GivenShard]) -> Iterator[str]:
    """The same shard may be given twice only where both are the same to the last byte: which of them is right?"""
    for name, count in Counter(one.shard.name for one in given).items():
        same = [one for one in given if one.shard.name == name]
        if count > 1 and any(one.shard != same[0].shard for one in same):
            yield f"The shard `{name}` was given {count} times with other results: {', '.join(o.where for o in same)}."


def unknown_shard(name: str, expected: Sequence[str]) -> str:
    """That a shard is none of those expected, and which one was probably meant."""
    near = difflib.get_close_matches(name, expected, 1)
    meant = f"did you mean `{near[0]}`?" if near else f"there are {_named(expected)}."
    return f"`{name}` is none of the shards in `suite.shards`: {meant}"


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def read_by(shards: Sequence[Shard], at_hand: Origin) -> tuple[Origin, tuple[str, ...]]:
    """The origin of the shards' combined coverage, and remarks on it.

    Shape:  `at_hand` is the Python and the coverage.py that the data were read with; at least one shard.
    Errors: MeasurementError where none of the shards was measured by that Python: what is a statement depends on it.
    """
    own = [shard for shard in shards if _feature(shard.origin.python) == _feature(at_hand.python)]
    others = [shard for shard in shards if shard not in own]
    if not own:
        raise _other_python(others, at_hand)
    cores = {shard.origin.core for shard in shards}
    origin = replace(at_hand, core=cores.pop() if len(cores) == 1 else "")
    return origin, tuple(_remarks(shards, others, at_hand))


def _other_python(shards: Sequence[Shard], at_hand: Origin) -> MeasurementError:
    pythons = sorted({shard.origin.python for shard in shards})
    wanted = ".".join(_feature(pythons[0])[1])
    return MeasurementError(
        f"the shards were measured under {', '.join(pythons)}, and would be read under {at_hand.python}, "
        "which counts other statements",
        hint=f'Use the same Python here: `python-version: "{wanted}"`, or `suite.python` in `.covgate.yml`.',
    )


def _remarks(shards: Sequence[Shard], others: Sequence[Shard], at_hand: Origin) -> Iterator[str]:
    if others:
        pythons = ", ".join(sorted({shard.origin.python for shard in others}))
        yield (
            f"{_called(others)} measured under {pythons}. All is counted as {at_hand.python} counts it: "
            "lines that only another Python runs may be shown as missed."
        )
    versions = {shard.origin.version for shard in shards} - {at_hand.version}
    if versions:
        told = ", ".join(sorted(versions))
        yield f"Some shards were measured by coverage.py {told} and are read by {at_hand.version}: details may differ."
    edited = [shard for shard in shards if shard.dirty]
    if edited:
        yield f"{_called(edited)} measured with edits on top of the commit."


def _called(shards: Sequence[Shard]) -> str:
    names = _named(shard.name for shard in shards)
    return f"The shard {names} was" if len(shards) == 1 else f"The shards {names} were"


def _feature(python: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Implementation, feature version and flags: what decides how source is compiled."""
    implementation, _, rest = python.partition(" ")
    version, *flags = rest.split() or [""]
    return implementation, tuple(version.split(".")[:2]), tuple(flags)
