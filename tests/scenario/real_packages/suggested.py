"""Tests as the plan for a package suggests them, written by hand from its `plan.md`."""

from dataclasses import dataclass

from tests.scenario.real_packages.packages import PACKAGES, Package, Release

CACHETOOLS = Package(
    "cachetools",
    Release("5.4.0", "b8adc2e7c07f105ced7bc56dbb6dfbe7c4a00acce20e2227b3f355be89bc6827"),
    Release("5.5.0", "2cc24fb4cbe39633fb7badd9db9ca6295d766d9c2995f245725a46715d050f2a"),
    source=("cachetools",),
    kinds=frozenset({"src layout", "no gap but a branch"}),
)
TEN = (*PACKAGES, CACHETOOLS)

ITSDANGEROUS = """
import importlib.metadata

import itsdangerous
import pytest


def test_the_version_is_the_installed_one_and_deprecated():
    with pytest.warns(DeprecationWarning, match="__version__"):
        version = itsdangerous.__version__

    assert version == importlib.metadata.version("itsdangerous")


def test_what_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        itsdangerous.nothing
"""

IDNA = """

import pytest

from idna import core

TOO_LONG = "a" * (core._max_input_length + 1)


@pytest.mark.parametrize("check", [core.check_bidi, core.check_nfc])
def test_a_check_refuses_a_label_that_is_too_long(check):
    with pytest.raises(core.IDNAError, match="Label too long"):
        check(TOO_LONG)


@pytest.mark.parametrize("check", [core.valid_contextj, core.valid_contexto])
def test_a_contextual_rule_refuses_a_label_that_is_too_long(check):
    with pytest.raises(core.IDNAError, match="Label too long"):
        check(TOO_LONG, 0)


def test_a_letter_joins_nothing():
    assert core.valid_contextj("a", 0) is False


def test_a_geresh_needs_a_letter_before_it():
    assert core.valid_contexto("\\u05f3", 0) is False
"""

YAMLLINT = """

class SuggestedTestCase(unittest.TestCase):
    def test_above_the_home_folder_no_configuration_is_looked_for(self):
        home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, home)

        with unittest.mock.patch.dict(os.environ, {"HOME": home}):
            found = cli.find_project_config_filepath(home)

        self.assertIsNone(found)

    def test_standard_input_that_cannot_be_read_ends_with_an_error(self):
        stdin = unittest.mock.Mock(buffer=Unreadable())

        with unittest.mock.patch.object(sys, "stdin", stdin), RunContext(self) as ended:
            cli.run(["-d", "rules: {}", "-"])

        self.assertEqual(ended.returncode, -1)


import io
import unittest.mock


class Unreadable(io.BytesIO):
    def read(self, *_):
        raise OSError("gone")
"""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was written for the package's first gap.

    Shape:  `target` is the one that the plan was made for, in percent; `path` the file to test and `tests` where the
            plan puts its tests: the text is added at the end of what is there. `gain` are the statements that the plan
            promises.
    """

    package: str
    target: str
    path: str
    tests: str
    text: str
    gain: int


# Of idna's nine missed statements two cannot be reached; yamllint's fifth can only be reached through another file's.
SUGGESTED = (
    Suggested("itsdangerous", "100", "src/itsdangerous/__init__.py", "tests/test_itsdangerous/test_itsdangerous.py",
              ITSDANGEROUS, 6),
    Suggested("idna", "99", "idna/core.py", "tests/test_idna_errors.py", IDNA, 6),
    Suggested("yamllint", "99", "yamllint/cli.py", "tests/test_cli.py", YAMLLINT, 4),
)  # fmt: skip
