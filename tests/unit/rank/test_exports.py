"""What a module offers to others, as far as it can be read without running it."""

import pytest

from covgate.model.sources import Sources
from covgate.rank.exports import exported


@pytest.mark.parametrize(
    "text",
    [
        "__all__ = [\n" * 50_000,  # never closed
        "__all__ = [" + "'f', " * 50_000 + "]",  # too long to be read
        "__all__ = (" + "(" * 5_000 + ")",
        "__all__ = [*others]",
        "__all__ = 'f'",
        "    __all__ = []",
        "__all__ += ['g']",
    ],
)
def test_what_cannot_be_read_hides_nothing(text: str) -> None:
    assert exported("f", "a.py", Sources({"a.py": text.encode()}))


def test_a_file_whose_content_is_not_known_offers_what_has_no_underscore() -> None:
    assert exported("f", "a.py", Sources())
    assert not exported("_f", "a.py", Sources())


def test_names_may_be_a_tuple() -> None:
    assert not exported("g", "a.py", Sources({"a.py": b"__all__ = ('f',)\n"}))
