#!/usr/bin/env python3
"""Photographs the trend of a golden comment, and the badge, as GitHub would show them, in its light or dark theme.

    npm install --prefix /tmp/mermaid mermaid
    scripts/trend_picture.py tests/golden/trend/comment.md docs/images/trend-dark.png --theme dark

Needs what `scripts/picture.py` needs, and Mermaid, which draws in the page.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from picture import STYLE, html_of, photograph, shrink

MERMAID = Path("/tmp/mermaid/node_modules/mermaid/dist/mermaid.min.js")  # noqa: S108  # where the command above puts it
BADGE = Path("tests/golden/passed/badge.svg")
DARK = """
body { background: #0d1117; color: #f0f6fc } .comment { border-color: #3d444d } a { color: #4493f8 }
"""
DRAWING = """
<style>.mermaid { margin: 16px 0; white-space: normal } img { vertical-align: middle }</style>
<script src="%s"></script>
<script>mermaid.initialize({startOnLoad: true, theme: "%s", securityLevel: "strict"})</script>
"""
THEMES = {"light": ("", "default"), "dark": (DARK, "dark")}
BACKGROUNDS = {"light": "#ffffff", "dark": "#0d1117"}


def main() -> int:
    """Makes one picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("markdown", type=Path)
    options.add_argument("picture", type=Path)
    options.add_argument("--theme", choices=list(THEMES), default="light")
    options.add_argument("--mermaid", type=Path, default=MERMAID)
    options.add_argument("--badge", type=Path, default=BADGE)
    options.add_argument("--width", type=int, default=760)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(html(given.markdown, given.badge, given.mermaid, given.theme), encoding="utf-8")
        photograph(page, given.picture, given.width, Path(scratch), scale=1.5)
    shrink(given.picture, BACKGROUNDS[given.theme])
    return 0


def html(markdown: Path, badge: Path, mermaid: Path, theme: str) -> str:
    """The page: the badge as an image of its own, and the section of the comment that holds the chart."""
    own, name = THEMES[theme]
    told = markdown.read_text(encoding="utf-8")
    section = next(part for part in re.findall(r"<details>.*?</details>", told, re.DOTALL) if "```mermaid" in part)
    body = html_of(section).replace("<details>", "<details open>")
    body = re.sub(
        r'<pre><code class="language-mermaid">(.*?)</code></pre>',
        r'<pre class="mermaid">\1</pre>',
        body,
        flags=re.DOTALL,
    )
    shown = f'<p><img src="{badge.resolve().as_uri()}" alt=""></p><div class=comment>{body}</div>'
    drawing = DRAWING % (mermaid.resolve().as_uri(), name)
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}{own}</style>{drawing}{shown}"


if __name__ == "__main__":
    sys.exit(main())
