"""The files for readers on the data branch: README.md, badge.svg and badge.json."""

from collections.abc import Iterable, Mapping

from covgate.model.history import HistoryLine
from covgate.model.ratio import Ratio
from covgate.model.report import Links
from covgate.render.badge import badge_json, badge_svg
from covgate.render.figures import counted
from covgate.render.markdown import typeset
from covgate.render.trend.chart import chart, legend
from covgate.render.trend.points import history_points
from covgate.render.trend.rows import Row, markdown_table, moved_in_words, rows

MOST_ROWS = 30
_ABOUT = """\
# Coverage of the default branch

![Line coverage](badge.svg)

covgate keeps here what it measured of the default branch, so that pull requests have something to be compared with.
There is one commit, which every run replaces, and nothing in it was written by hand: changes made here are lost, and
where the branch is deleted, the next run on the default branch makes it anew.
"""
_FILES = """\
## Files

| file | holds |
|---|---|
| `snapshots/` | the coverage of the newest measured commits, line by line |
| `history.jsonl` | a line for every measured commit: its totals |
| `badge.svg` | the badge above |
| `badge.json` | the same for an endpoint badge of shields.io |

To show the badge in the README of the repository, which works in private ones too:

```markdown
![Line coverage](../../raw/BRANCH/badge.svg)
```
"""


def data_pages(history: Iterable[HistoryLine], branch: str = "covgate-data") -> Mapping[str, str]:
    """The files for readers, by their names.

    Shape:  `history` oldest first; `branch` is the data branch's own name. Nothing of the repository's content is told
            but commits, days and numbers.
    """
    known = tuple(history)
    line = newest(known)
    return {"README.md": readme(known, branch), "badge.svg": badge_svg(line), "badge.json": badge_json(line)}


def newest(history: tuple[HistoryLine, ...]) -> Ratio | None:
    """The default branch's lines of today; those of a merge queue's commit only where there are no others."""
    settled = [one for one in history if not one.queued] or history
    return settled[-1].line if settled else None


def readme(history: tuple[HistoryLine, ...], branch: str) -> str:
    """The data branch's front page."""
    points = history_points(history)
    parts = [_ABOUT]
    if len(points) > 1:
        drawn = f"```mermaid\n{chart(points)}```\n\n{typeset(legend(points), Links())}"
        parts.append(f"## Trend\n\nFrom the first commit shown to the last: {moved_in_words(points)}.\n\n{drawn}\n")
    if history:
        shown = rows(history, MOST_ROWS)
        left = len(history) - len(shown)
        more = f"\n{counted(left, 'older commit')} in `history.jsonl`.\n" if left else ""
        parts.append(f"## Newest commits\n\n{commits_table(shown, history)}{more}")
    return "\n".join([*parts, _FILES.replace("BRANCH", branch)])


def commits_table(shown: tuple[Row, ...], history: tuple[HistoryLine, ...]) -> str:
    """The rows in Markdown, each commit leading to its page."""
    whole = [one.sha for one in reversed(history)]
    linked = ((f"[`{row[0]}`](../../commit/{sha})", *row[1:]) for row, sha in zip(shown, whole, strict=False))
    return markdown_table(tuple(linked))
