"""An installation without a network, as one that fails."""

import pytest
from tests.container.conftest import PROJECT, Begin, Push

pytestmark = pytest.mark.container


def test_an_installation_that_fails_says_what_was_chosen_and_the_line_to_change(push: Push, begin: Begin) -> None:
    offline = PROJECT["pyproject.toml"] + "[tool.uv]\noffline = true\n"
    step = begin(push({"pyproject.toml": offline})).run()
    assert step.exit_code == 4, step.log
    setting = 'suite: {install: "uv pip install --group test -r pyproject.toml"}'
    told = " ".join(step.log.split())
    assert "Installing: group test, the project's dependencies" in told
    assert f"change this line in .covgate.yml: {setting}" in told
    assert "`uv pip install --quiet --group test -r pyproject.toml` ended with exit code" in told
    assert f"in .covgate.yml, this says what was tried: {setting}" in told
