"""An error's words command no workflow runner, whoever they quote."""

import pytest

from covgate.errors import MeasurementError
from covgate.render.failure import failure_text


@pytest.mark.parametrize("width", [20, 100])
@pytest.mark.parametrize(
    "quoted", ["::error::x", "  ::set-output name=verdict::passed", "it said\n::error::x", "a ::error::x", "##[error]x"]
)
def test_no_line_of_an_error_is_a_workflow_command(quoted: str, width: int) -> None:
    text = failure_text(MeasurementError(quoted, where=quoted, hint=quoted), width)
    assert [line for line in text.splitlines() if line.lstrip().startswith("::") or "##[" in line] == []
    assert "error" in text or "verdict" in text
