"""What several scenarios share."""

import os

import pytest
from tests.scenario.real_packages.releases import network_is_there


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> None:
    """That releases can be downloaded. Where CI asks for such tests they are not skipped."""
    if network_is_there(tmp_path_factory.mktemp("network")):
        return
    if os.environ.get("CI") == "true":
        pytest.fail("these tests were asked for in CI and there is no network")
    pytest.skip("no network to download releases from")
