#!/usr/bin/env python3
"""Photographs a golden comment as GitHub would show it.

    scripts/picture.py tests/golden/failed/comment.md docs/images/comment.png
    scripts/picture.py tests/golden/failed/comment.md docs/images/comment-phone.png --width 390

Needs Debian's cmark-gfm, chromium, fonts-liberation and fonts-noto-color-emoji, and Pillow to shrink the picture.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

STYLE = """
* { box-sizing: border-box }
body { margin: 0; padding: 16px; background: #fff; color: #1f2328 }
body { font: 14px/1.5 -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif }
.comment { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; overflow-wrap: break-word }
h3 { font-size: 1.25em; line-height: 1.25; margin: 0 0 16px; font-weight: 600 }
p, ol, ul, table, details { margin: 0 0 16px }
ol, ul { padding-left: 2em } li + li { margin-top: .25em }
a { color: #0969da; text-decoration: none }
code { font: 85% "Liberation Mono", "DejaVu Sans Mono", monospace }
code { background: #818b981f; border-radius: 6px; padding: .2em .4em }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse }
th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left }
tr:nth-child(2n) td { background: #f6f8fa }
summary { cursor: pointer } sub { font-size: 75%; line-height: 1.5; vertical-align: baseline }
"""

CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=10000",
]
EXTENSIONS = ["table", "tagfilter", "autolink", "strikethrough"]


def main() -> int:
    """Makes one picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("markdown", type=Path)
    options.add_argument("picture", type=Path)
    options.add_argument("--width", type=int, default=900)
    options.add_argument("--open", action="store_true", help="with all folded parts open")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(html(given.markdown, unfold=given.open), encoding="utf-8")
        photograph(page, given.picture, given.width, Path(scratch))
    shrink(given.picture)
    return 0


def html(markdown: Path, *, unfold: bool) -> str:
    """The page that holds the comment."""
    body = html_of(markdown.read_text(encoding="utf-8"))
    if unfold:
        body = body.replace("<details>", "<details open>")
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><div class=comment>{body}</div>"


def html_of(markdown: str) -> str:
    """What GitHub's own Markdown makes of a text."""
    extensions = [word for name in EXTENSIONS for word in ("-e", name)]
    command = ["cmark-gfm", "--unsafe", *extensions]
    return subprocess.run(command, input=markdown, check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603  # no shell


def photograph(page: Path, picture: Path, width: int, scratch: Path, scale: float = 2) -> None:
    """A picture of the whole page. Chromium's window is at least 500 wide, so narrow pages stand in a frame."""
    frame = scratch / "frame.html"
    style = f"border:0;width:{width}px;height:3000px"
    frame.write_text(f'<body style="margin:0"><iframe src="{page.name}" style="{style}">')
    size = f"--window-size={max(width, 500)},3000"
    pixels = f"--force-device-scale-factor={scale:g}"
    profile = f"--user-data-dir={scratch / 'profile'}"
    shot = f"--screenshot={picture.resolve()}"
    command = [*CHROMIUM, size, pixels, profile, shot, frame.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603  # no shell
    with Image.open(picture) as whole:
        whole.crop((0, 0, int(width * scale), whole.height)).save(picture)


def shrink(picture: Path, background: str = "white") -> None:
    """Cuts the empty rest below and keeps few colours: a picture of text needs no more."""
    with Image.open(picture) as opened:
        whole = opened.convert("RGB")
    below = ImageChops.difference(whole, Image.new("RGB", whole.size, background)).getbbox()
    bottom = below[3] + 32 if below else whole.height
    cut = whole.crop((0, 0, whole.width, min(bottom, whole.height)))
    cut.quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
