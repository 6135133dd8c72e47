from dataclasses import replace

import pytest
from tests.sketch import sketch

from covgate.compare import fingerprints, verify_sources
from covgate.errors import MeasurementError
from covgate.model.snapshot import Snapshot


def measured(sha256: str | None) -> Snapshot:
    head, _ = sketch("[a.py]\n+.  x = 1")
    return replace(head, files=(replace(head.files[0], sha256=sha256),))


def test_a_file_measured_as_it_was_read_is_fine() -> None:
    before = fingerprints([("a.py", b"x = 1\n")])
    verify_sources(before, measured(before["a.py"]))


def test_a_file_rewritten_by_the_suite_is_refused() -> None:
    with pytest.raises(MeasurementError, match=r"a\.py: The file was rewritten"):
        verify_sources(fingerprints([("a.py", b"x = 1\n")]), measured("0" * 64))


def test_a_report_without_fingerprints_and_a_file_that_is_gone_are_not_judged() -> None:
    verify_sources(fingerprints([("a.py", b"x = 1\n")]), measured(None))
    assert fingerprints([("gone.py", None)]) == {}
