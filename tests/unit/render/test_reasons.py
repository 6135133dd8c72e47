from covgate.model.gap import Reading
from covgate.render.reasons import reasons

SIZE = Reading("size", 2, "150 to 300 statements")
UNMEASURED = Reading("unmeasured", 1, "no test imports this file of 150 to 300 statements")


def told(*readings: Reading) -> str:
    return "".join(piece.text for piece in reasons(readings))


def test_a_file_that_is_called_out_by_its_size_has_it_told_once() -> None:
    assert told(SIZE, UNMEASURED) == UNMEASURED.words
    assert told(SIZE) == SIZE.words
