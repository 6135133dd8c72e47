"""What lies ahead: floors that begin soon, and floors that could be raised."""

from covgate.model.report import Report
from covgate.render.prose import code, joined, prose, spans, strong, visible
from covgate.render.sections import Block, Section

LONGEST_PATCH = 20_000


def coming_section(report: Report) -> Section:
    """What will be required soon, a line each."""
    return Section(text=tuple(prose(strong("Soon:"), " ", spans(sentence)) for sentence in report.coming))


def proposals_section(report: Report, *, full: bool) -> Section:
    """Floors that could be raised, and the lines of the settings to change for it."""
    if not (full and report.proposals):
        return Section()
    keys = joined(
        (prose(code(one.key), f": {one.before or 'not set'} → {one.after}") for one in report.proposals), "; "
    )
    why = "The default branch has been more than a point above this floor in each of its last ten measured commits."
    how = " As a patch for `git apply`:" if report.patch else ""
    patch = "\n".join(map(visible, report.patch.splitlines()))
    blocks = (Block(f"{patch}\n", "diff", plain=patch),) if patch and len(patch) <= LONGEST_PATCH else ()
    text = (prose(why, " To hold what was reached: ", keys, ".", spans(how)),)
    return Section(prose("The floor can be raised"), text=text, blocks=blocks)
