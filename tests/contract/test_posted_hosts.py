"""Nothing that is posted asks anything of a third party: private repositories are nobody else's business."""

import re

import pytest
from tests.golden.faces import FACES

from covgate.render.formats import comment, summary

_TARGETS = re.compile(r"\]\((?:https?:)?//([^/)\s]+)|(?:src|href)=[\"']?(?:https?:)?//([^/\"'>\s]+)")


@pytest.mark.parametrize("face", FACES)
def test_links_and_pictures_are_those_of_the_server_that_is_posted_to(face: str) -> None:
    report = FACES[face]()
    for told in (comment.render(report), summary.render(report)):
        hosts = {host for pair in _TARGETS.findall(told) for host in pair if host}
        assert hosts <= {"github.com"}


def test_hosts_are_seen_in_links_and_in_pictures() -> None:
    linked = _TARGETS.findall("[a](https://example.org/b) ![c](//example.net/d.svg) <img src='https://example.com/e'>")
    assert [host for pair in linked for host in pair if host] == ["example.org", "example.net", "example.com"]
