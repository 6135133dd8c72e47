"""After the verdict: the run's snapshot, kept for later runs to compare with."""

from collections.abc import Mapping
from datetime import UTC, datetime

from covgate.model.history import HistoryLine, Stored
from covgate.model.place import Place
from covgate.model.report import Links, Report
from covgate.parse.stored_snapshot import stored_bytes
from covgate.ports import Output, Ports
from covgate.render.data_pages import data_pages
from covgate.render.markdown import typeset
from covgate.render.prose import sentence
from covgate.steps.requests import Request

SNAPSHOT = "snapshot.json.gz"


def kept(report: Report, request: Request, branch: str, ports: Ports) -> None:
    """Writes the snapshot into the output folder, and stores it where this run is one to be trusted with it.

    Shape:  `branch` is the data branch's name. The verdict has been told by then, and stands whatever comes of this.
    """
    stored = stored_of(report, request.place)
    if stored is None:
        return
    path = ports.output.write_bytes(SNAPSHOT, stored_bytes(stored))
    if not request.publish or request.place.kind == "terminal" or request.place.event == "pull_request":
        return

    def pages(history: tuple[HistoryLine, ...]) -> Mapping[str, str]:
        return data_pages(history, branch)

    ports.output.progress("Storing the snapshot")
    answer = ports.baselines.keep(stored, pages)
    ports.output.progress("")
    if answer.state == "refused":
        tell_refusal(f"{answer.words} It is in `{path}`." if path else answer.words, request.place, ports.output)
    else:
        ports.output.tell(f"covgate: {answer.words}")


def stored_of(report: Report, place: Place) -> Stored | None:
    """The run's snapshot as it is kept; None where the head is no commit."""
    head = report.comparison.diff.head
    if head.sha is None:
        return None
    return Stored(
        sha=head.sha,
        parents=head.parents,
        time=head.time or datetime.fromtimestamp(0, UTC),
        snapshot=report.comparison.head,
        suite=report.suite,
        covgate=report.version,
        queued=place.event == "merge_group",
        dirty=head.dirty,
    )


def tell_refusal(words: str, place: Place, output: Output) -> None:
    """Says in the log and in the summary that later runs will miss this snapshot."""
    output.tell(f"covgate: {words}")
    output.summarise(f"\n> {typeset(sentence(words), Links(run=place.run_url))}\n")
