"""What people read, against what the code says. `make golden` writes the tables anew."""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from covgate import __version__
from covgate.cli import parser
from covgate.judge.rulebook import rulebook
from covgate.measure.install.plan import all_set_ups
from covgate.parse import formats
from covgate.rank import signals
from covgate.rank.project import all_strategies
from covgate.registry import collect
from covgate.settings import load
from covgate.settings.keys import all_keys

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
REFERENCE = ROOT / "docs" / "reference.md"
INSTALL = ROOT / "docs" / "install.md"
GAPS = ROOT / "docs" / "gaps.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PATH = re.compile(r"`((?:src|tests|docs|examples|scripts|benchmarks|requirements|\.github|\.ci)/[^`\s*<>]*)`")
LINK = re.compile(r"\]\((?!https?://|#\))([^)\s]+)\)")
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [tuple(columns), None, *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    width = len(tuple(columns))
    return "".join(f"| {' | '.join(line)} |\n" if line else f"|{'---|' * width}\n" for line in lines)


def inputs_table() -> str:
    keys = {key.input: key.path for key in all_keys() if key.input}
    named = ((name, f"`{keys[name]}`" if name in keys else "", entry) for name, entry in ACTION["inputs"].items())
    rows = ((f"`{name}`", key, " ".join(entry["description"].split())) for name, key, entry in named)
    return table(("input", "key", "means"), rows)


def outputs_table() -> str:
    return table(
        ("output", "holds"), ((f"`{name}`", entry["description"]) for name, entry in ACTION["outputs"].items())
    )


def subcommands() -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Each command's summary and its own command line."""
    (action,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
    return {name: (helps[name], sub) for name, sub in action.choices.items()}


def commands_table() -> str:
    commands = subcommands()
    shown = table(("command", "does"), ((f"`covgate {name}`", words) for name, (words, _) in commands.items()))
    options: dict[str, tuple[str, list[str]]] = {}
    for name, (_, sub) in commands.items():
        for action in sub._actions:
            spelled = ", ".join(action.option_strings)
            if spelled and action.dest != "help":
                value = f" {action.metavar}…" if action.nargs == "+" else f" {action.metavar}" if action.metavar else ""
                options.setdefault(f"`{spelled}{value}`", (action.help or "", []))[1].append(f"`{name}`")
    rows = ((option, ", ".join(names), words) for option, (words, names) in options.items())
    return f"{shown}\n{table(('option', 'of', 'means'), rows)}"


def ids_table(found: Iterable[Any]) -> str:
    return table(("id", "what"), ((f"`{one.id}`", one.summary) for one in found))


def signals_table() -> str:
    """What each signal speaks of: a gap of the change, a file, a function."""
    rows = (
        (f"`{one.id}`", one.summary, *("yes" if read else "" for read in (one.read, one.of_file, one.of_function)))
        for one in collect(signals, "SIGNAL")
    )
    return table(("signal", "what", "of the change", "of a file", "of a function"), rows)


def set_ups_table() -> str:
    return table(("set-up", "what is installed"), ((set_up.words, f"{set_up.summary}.") for set_up in all_set_ups()))


TABLES: dict[tuple[Path, str], Callable[[], str]] = {
    (README, "inputs"): inputs_table,
    (README, "outputs"): outputs_table,
    (README, "commands"): commands_table,
    (REFERENCE, "rules"): lambda: ids_table(rulebook()),
    (REFERENCE, "signals"): lambda: ids_table(collect(signals, "SIGNAL")),
    (GAPS, "strategies"): lambda: ids_table(all_strategies().values()),
    (GAPS, "signals in full"): signals_table,
    (REFERENCE, "input formats"): lambda: ids_table(collect(formats, "FORMAT")),
    (INSTALL, "set-ups"): set_ups_table,
}


@pytest.mark.parametrize(("page", "name"), TABLES, ids=lambda part: getattr(part, "name", part))
def test_a_table_is_the_one_that_the_code_makes(page: Path, name: str, *, update_golden: bool) -> None:
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = text.split(begin)
    shown, after = rest.split(end)
    made = TABLES[page, name]()
    if update_golden:
        page.write_text(f"{before}{begin}{made}{end}{after}", encoding="utf-8")
        shown = made
    assert shown == made


@each_page
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        place = page.parent / path if path else page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


def anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub links them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: page.name)
def test_paths_that_are_named_exist(page: Path) -> None:
    found = PATH.findall(page.read_text(encoding="utf-8"))
    assert [path for path in found if not (ROOT / path).exists()] == []


def test_commands_that_are_named_can_be_made() -> None:
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name for page in PAGES for name in re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"))
    }
    assert named - made == set()


def snippets(page: Path, language: str) -> Iterator[str]:
    """The fenced blocks of a language, without the indentation that they have as a part of something larger."""
    for block in re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        indent = min(len(line) - len(line.lstrip()) for line in block.splitlines() if line.strip())
        yield "".join(line[indent:] + "\n" for line in block.splitlines())


SNIPPETS = [(page, text) for page in PAGES for text in snippets(page, "yaml")]
STEPS = "name: x\non: push\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n"


@pytest.mark.parametrize(("page", "text"), SNIPPETS, ids=lambda part: getattr(part, "name", ""))
def test_yaml_that_is_shown_can_be_used(page: Path, text: str, tmp_path: Path) -> None:
    content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but text, so that `on` stays `on`
    if isinstance(content, dict) and not {"on", "jobs"} & set(content):
        load(text, page.name, {}, {})
        return
    workflow = tmp_path / "workflow.yml"
    steps = STEPS + "".join(f"      {line}\n" for line in text.splitlines())
    workflow.write_text(steps if isinstance(content, list) else text, encoding="utf-8")
    check_workflow(workflow)


def check_workflow(workflow: Path) -> None:
    """GitHub's own schema holds, and covgate is given inputs that it has."""
    check = [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow]
    done = subprocess.run([str(part) for part in check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()
    ours = [step for job in jobs for step in job.get("steps", ()) if step.get("uses", "").startswith("covgate/")]
    assert [name for step in ours for name in step.get("with", ()) if name not in ACTION["inputs"]] == []
    assert [step["uses"] for step in ours if step["uses"].partition("@")[2] != f"v{__version__}"] == []


def test_options_in_examples_exist() -> None:
    known = {f"covgate {name}": set(sub._option_string_actions) for name, (_, sub) in subcommands().items()}
    for page in PAGES:
        for line in "".join(snippets(page, "console")).splitlines():
            command = next((name for name in known if line.removeprefix("$ ").startswith(name)), None)
            if command:
                options = re.findall(r"(?<!\S)--?[a-z-]+", line.partition("#")[0])
                assert set(options) <= known[command], line


def test_the_changelog_has_a_heading_for_what_is_next() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] in ("Unreleased", __version__)
