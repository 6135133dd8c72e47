"""The table of what a change is compared with, against the list that the tests play. `make golden` writes it anew."""

import re
from pathlib import Path

from tests.scenario.baseline_situations import table

PAGE = Path(__file__).parents[2] / "docs/baselines.md"
BLOCK = re.compile(r"(<!-- situations -->\n)(.*?)(\n<!-- /situations -->)", re.DOTALL)


def test_the_situations_of_the_docs_are_those_that_are_played(*, update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = "\n".join(table())
    if update_golden:
        PAGE.write_text(BLOCK.sub(lambda found: found[1] + made + found[3], text), encoding="utf-8")
        return
    found = BLOCK.search(text)
    assert found is not None
    assert found[2] == made
