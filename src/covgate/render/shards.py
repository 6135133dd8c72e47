"""What is said of one shard: how its tests went, and that the verdict is given elsewhere."""

from covgate import __version__
from covgate.model.report import Links
from covgate.model.shard import Shard
from covgate.model.suite import Outcome, TestCase
from covgate.render.figures import counted, duration
from covgate.render.formats.summary import LIMIT
from covgate.render.headline import FAILED, PASSED
from covgate.render.markdown import document, elsewhere
from covgate.render.prose import Prose, code, prose, shortened, spans, visible
from covgate.render.sections import Outline, Section

NO_VERDICT = "No verdict is given here: that is for the run with `mode: report`, once all shards have reported."
_LONGEST = 200


def shard_summary(shard: Shard, links: Links, notes: tuple[str, ...] = ()) -> str:
    """The shard for the step's summary: its tests, its failures, what became of its coverage."""
    sections = (
        Section(text=(spans(NO_VERDICT),)),
        Section(prose("Failures"), rows=tuple((_failure(case),) for case in shard.suite.failures), noun="failure"),
        Section(text=(_left(shard),), rows=tuple((spans(note),) for note in notes), noun="note"),
    )
    mark = FAILED if shard.suite.broken else PASSED
    headline = prose("Shard ", code(shard.name), ": ", spans(_ending(shard)))
    foot = prose("commit ", code(shard.sha[:7]), f" · covgate {__version__}")
    return document(Outline(mark, headline, sections, foot, elsewhere(links, "log")), links, LIMIT)


def shard_text(shard: Shard) -> str:
    """The shard for the log and the terminal."""
    lines = [
        f"covgate: shard {shard.name}: {_ending(shard)}",
        *(f"  {_failure_line(case)}" for case in shard.suite.failures),
        f"  {_plain(_left(shard))}",
        f"  {_plain(spans(NO_VERDICT))}",
    ]
    return "".join(f"{visible(line)}\n" for line in lines)


def _ending(shard: Shard) -> str:
    suite = shard.suite
    if suite.broken or not suite.counted:
        return suite.words.removesuffix(".") or suite.ending.value
    skipped = suite.count(Outcome.SKIPPED)
    told = [f"{counted(suite.count(Outcome.PASSED), 'test')} passed", *([f"{skipped:,} skipped"] if skipped else [])]
    return ", ".join([*told, duration(suite.seconds)])


def _left(shard: Shard) -> Prose:
    names = (code(shard.data_name), " and ", code(shard.results_name))
    return prose("Written: ", *names, f", with the coverage of {counted(len(shard.files), 'file')}.")


def _failure(case: TestCase) -> Prose:
    message = case.message.strip()
    return prose(code(case.name), *((": ", code(shortened(message, _LONGEST))) if message else ()))


def _failure_line(case: TestCase) -> str:
    message = case.message.strip()
    return f"{case.name}: {shortened(message, _LONGEST)}" if message else case.name


def _plain(words: Prose) -> str:
    return "".join(piece.text for piece in words)
