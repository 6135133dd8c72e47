"""The releases that covgate is tried on, and how their own suites are run."""

from dataclasses import dataclass

PYTEST = "python -m pytest"
SUBPROCESSES = 'patch = ["subprocess"]'


@dataclass(frozen=True, slots=True)
class Release:
    """A source distribution, and the digest that it must have."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """Two releases of a package, the older one as base and the newer one as change.

    Shape:  `requirements` are installed beside the package itself and its `extras`; `command` is the suite's; `source`
            is what coverage is told to measure (packages and folders); `config` names the file with the project's own
            settings of coverage, "" where it has none, and `edits` are (old, new) texts that take `source` out of them
            and have subprocesses measured; `kinds` say what the package is here for. `renamed` are files of the head
            that the change moved, `unmeasured` changed files that count though coverage never saw them,
            `in_subprocesses` files that only subprocesses of the suite run.
    """

    name: str
    base: Release
    head: Release
    source: tuple[str, ...]
    kinds: frozenset[str]
    requirements: tuple[str, ...] = ("pytest",)
    command: str = PYTEST
    config: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    extras: str = ""
    renamed: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    in_subprocesses: tuple[str, ...] = ()


PACKAGES = (
    Package(
        "click",
        Release("8.4.2", "9a6cea6e60b17ebe0a44c5cc636d94f09bd66142c1cd7d8b4cd731c4917a15f6"),
        Release("8.5.0", "ba0d2089de75ea0310e2dde03160e6ca10009947fb95a182f9b54021bb272e34"),
        source=("click", "tests"),
        kinds=frozenset({"src layout", "tests measured"}),
        config="pyproject.toml",
        edits=(('source = ["click", "tests"]', SUBPROCESSES),),
        unmeasured=(
            "tests/typing/typing_edit.py",
            "tests/typing/typing_prompt.py",
        ),  # for type checkers, below `source`
    ),
    Package(
        "platformdirs",
        Release("4.14.4", "edb4a4aea570d69eb83e6b0973b588bbf868fb0dde2894106d6667739f017751"),
        Release("4.14.5", "32e9921db7385aa8169bee4fe9501923e5715ba9fb7ea3b9c69b0d8e0639f7a1"),
        source=(),  # the plugin sets it
        kinds=frozenset({"src layout", "plugin"}),
        requirements=("pytest", "pytest-cov", "pytest-mock", "covdefaults", "appdirs==1.4.4"),
        config="pyproject.toml",
        edits=(("run.parallel = true", "run.parallel = true\nrun.patch = ['subprocess']"),),
    ),
    Package(
        "python-dotenv",
        Release("1.2.3", "a20a594dabeaa385725aa239d5244871c143ecb356add8a20fcf23773a6c3a35"),
        Release("1.2.4", "f0d53e69935a851c0dcc78f3ab7aaccd8cabef0b92382b576b824212902873c0"),
        source=("dotenv",),
        kinds=frozenset({"src layout", "subprocesses"}),
        requirements=("pytest", "ipython"),
        config="pyproject.toml",
        edits=(('source = ["dotenv"]', SUBPROCESSES),),
        extras="[cli]",
        in_subprocesses=("src/dotenv/__main__.py",),
    ),
    Package(
        "blinker",
        Release("1.5", "923e5e2f69c155f2cc42dafbbd70e16e3fde24d2d4aa2ab72fbe386238892462"),
        Release("1.6", "5874afe21df4bae8885d31a0a6c4b5861910a575eae6176f051fbb9a6571481b"),
        source=("src/blinker",),
        kinds=frozenset({"src layout", "rename"}),
        requirements=("pytest<8", "pytest-asyncio<0.22"),
        renamed=("src/blinker/_saferef.py", "src/blinker/base.py"),
    ),
    Package(
        "itsdangerous",
        Release("2.1.2", "5dbbc68b317e5e42f327f9021763545dc3fc3bfe22e6deb96aaf1fc38874156a"),
        Release("2.2.0", "e0050c0b7da1eea53ffaf149c0cfbb5c6e2e2b69c4bef22c81fa6eb73e5f6173"),
        source=("itsdangerous", "tests"),
        kinds=frozenset({"src layout"}),
        requirements=("pytest", "freezegun"),
        config="pyproject.toml",
        edits=(('source = ["itsdangerous", "tests"]', SUBPROCESSES),),
    ),
    Package(
        "yamllint",
        Release("1.37.1", "81f7c0c5559becc8049470d86046b36e96113637bcbe4753ecef06977c00245d"),
        Release("1.38.0", "09e5f29531daab93366bb061e76019d5e91691ef0a40328f04c927387d1d364d"),
        source=("yamllint",),
        kinds=frozenset({"flat layout", "unittest"}),
        requirements=(),
        command="python -m unittest discover",
    ),
    Package(
        "idna",
        Release("3.19", "5e0811a4383b21dc5838069f801c4fb62113b7447663d2530d2bd6e77b49bf15"),
        Release("3.20", "a7db850025b95ded1eae8a46181a1a6c56c92c96f0e2b005d9ff8dc0210cab44"),
        source=("idna",),
        kinds=frozenset({"flat layout"}),
        requirements=("pytest", "hypothesis"),
        config="pyproject.toml",
        edits=(('source = ["idna"]', f"{SUBPROCESSES}\nbranch = true"),),
    ),
    Package(
        "h11",
        Release("0.15.0", "2a7db2d2beffd4e6c6bbe3a64305ab77d89087976e8aed8fdcff4b054744e72f"),
        Release("0.16.0", "4e35b956cf45792e4caa5885e69fba00bdbc6ffafbfa020300e549b208ee5ff1"),
        source=("h11",),
        kinds=frozenset({"flat layout", "tests inside"}),
    ),
    Package(
        "pathspec",
        Release("0.12.1", "a482d51503a1ab33b1c67a6c3813a26953dbdc71c31dacaef9a838c4e29f5712"),
        Release("1.0.0", "9ada63a23541746b0cf7d5672a39ea77eac31dd23a80470be90df83537512131"),
        source=("pathspec",),
        kinds=frozenset({"flat layout", "new files"}),
        requirements=("pytest", "typing-extensions"),
    ),
)
