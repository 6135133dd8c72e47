"""The trend's chart is Mermaid: its first version with such charts and its newest read it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.golden.faces import FACES
from tests.unit.render.trend.history import history

from covgate.render.trend.chart import chart
from covgate.render.trend.points import history_points, report_points

PACKAGES = ("oldest@npm:mermaid@10.6.0", "newest@npm:mermaid@11", "jsdom@24")
PARSER = """
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

globalThis.window = new JSDOM("").window;
globalThis.document = window.document;
globalThis.Element = window.Element;
const charts = JSON.parse(readFileSync(0, "utf-8"));
const { default: mermaid } = await import(process.argv[2]);
const told = [];
for (const chart of charts) {
    try { await mermaid.parse(chart); told.push("read"); } catch (error) { told.push(String(error)); }
}
process.stdout.write(JSON.stringify(told));
process.exit(0);
"""
CHARTS = {
    "the pull request that is in a golden comment": chart(report_points(FACES["trend"]())),
    "two commits": chart(history_points(history([8_000, 8_100]))),
    "thirty commits with branches": chart(history_points(history(range(8_000, 8_030), [600] * 30))),
    "nothing covered, then everything": chart(history_points(history([0, 10_000], [0, 1_000]))),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with Mermaid, and the script that reads charts with it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not here")
    made = tmp_path_factory.mktemp("mermaid")
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
    subprocess.run([npm, "install", *quiet, *PACKAGES], cwd=made, check=True, timeout=300)
    (made / "parse.mjs").write_text(PARSER, encoding="utf-8")
    return made


def read_by(version: str, charts: list[str], folder: Path) -> list[str]:
    """What this version says of each chart."""
    command = ["node", "parse.mjs", version]
    done = subprocess.run(
        command, cwd=folder, input=json.dumps(charts), capture_output=True, text=True, check=True, timeout=120
    )
    told: list[str] = json.loads(done.stdout)
    return told


@pytest.mark.network
@pytest.mark.parametrize("version", ["oldest", "newest"])
def test_mermaid_reads_every_chart_and_would_tell_of_a_mistake(version: str, folder: Path) -> None:
    broken = CHARTS["two commits"].replace("line [", "line ")
    *told, mistake = read_by(version, [*CHARTS.values(), broken], folder)
    assert dict(zip(CHARTS, told, strict=True)) == dict.fromkeys(CHARTS, "read")
    assert "Parse error" in mistake or "Expecting" in mistake
