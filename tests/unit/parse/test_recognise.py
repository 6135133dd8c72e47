import pytest

from covgate.errors import MeasurementError
from covgate.parse.recognise import format_of


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"!coverage.py: This is a private format", "coverage.py 4"),
        (b'<?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD"><report name="a">', "JaCoCo"),
        (b'<coverage generated="1"><project timestamp="1">', "Clover"),
        (b"<html><body>404</body></html>", "no coverage data that covgate knows"),
        (b'{"name": "package"}', "no coverage data that covgate knows"),
        (bytes(range(256)), "no coverage data that covgate knows"),
    ],
)
def test_what_is_no_known_format_is_told_by_what_it_looks_like(head: bytes, words: str) -> None:
    with pytest.raises(MeasurementError, match=words) as caught:
        format_of("some.file", head, "out/some.file")
    assert caught.value.where == "out/some.file"
    assert caught.value.hint


def test_a_report_in_utf_16_is_recognised() -> None:
    assert format_of("c.xml", '<?xml version="1.0"?><coverage>'.encode("utf-16"), "c.xml").id == "cobertura_xml"
