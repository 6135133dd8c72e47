"""The badge: how many of the project's lines are tested, as a picture and as a file for shields.io.

The picture is a template of ours and draws on nobody's server, so that private repositories see it as well. White text
stands on fills that are dark enough for it (WCAG 2.2, 1.4.3: 4.5 to 1) and that need no background of the page's.
"""

import json
from math import floor
from string import Template

from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.verdict import Conclusion

LABEL = "coverage"
UNKNOWN = "unknown"
GREY, GREEN, AMBER, RED = "#57606a", "#1a7f37", "#9a6700", "#cf222e"
LABEL_FILL, TEXT_FILL = "#424a53", "#ffffff"
STEPS = ((90, GREEN), (70, AMBER), (0, RED))
"""From which percentage on which colour holds."""

# Advances of Verdana's characters at 11 px. Where a reader has another font, `textLength` keeps the text in its field.
_WIDTHS = {"%": 11.8, " ": 3.9, "w": 9.0, "o": 6.7, "v": 6.5, "e": 6.6, "r": 4.7, "k": 6.5}
_USUAL_WIDTH = 7.0
_PADDING = 6
_SVG = Template("""\
<svg xmlns="http://www.w3.org/2000/svg" width="$width" height="20" role="img" aria-label="$words">
  <title>$words</title>
  <clipPath id="round"><rect width="$width" height="20" rx="3"/></clipPath>
  <g clip-path="url(#round)">
    <rect width="$split" height="20" fill="$label_fill"/>
    <rect x="$split" width="$rest" height="20" fill="$fill"/>
  </g>
  <g fill="$text_fill" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
    <text x="$label_middle" y="14" textLength="$label_length">$label</text>
    <text x="$message_middle" y="14" textLength="$message_length">$message</text>
  </g>
</svg>
""")


def project_lines(report: Report) -> Ratio | None:
    """The lines that a report's badge tells of; None after a suite that did not end well."""
    broken = report.verdict.conclusion is Conclusion.ERROR
    return None if broken else report.comparison.head.line


def badge_svg(line: Ratio | None) -> str:
    """The badge as a picture; None where the numbers are not the project's."""
    message = badge_message(line)
    label_length, message_length = text_width(LABEL), text_width(message)
    split, rest = label_length + 2 * _PADDING, message_length + 2 * _PADDING
    return _SVG.substitute(
        words=f"Line coverage: {message}",
        width=split + rest,
        split=split,
        rest=rest,
        fill=badge_fill(line),
        label_fill=LABEL_FILL,
        text_fill=TEXT_FILL,
        label=LABEL,
        label_length=label_length,
        label_middle=f"{split / 2:g}",
        message=message,
        message_length=message_length,
        message_middle=f"{split + rest / 2:g}",
    )


def badge_json(line: Ratio | None) -> str:
    """The badge for shields.io.

    Source: https://shields.io/badges/endpoint-badge
    """
    badge = {"schemaVersion": 1, "label": LABEL, "message": badge_message(line), "color": badge_fill(line)}
    return json.dumps(badge, indent=2) + "\n"


def badge_message(line: Ratio | None) -> str:
    """Whole percent, rounded down: 99.99 is no 100."""
    return UNKNOWN if line is None or line.percent is None else f"{floor(line.percent)} %"


def badge_fill(line: Ratio | None) -> str:
    """The fill behind the percentage, by the percentage that is shown."""
    if line is None or line.percent is None:
        return GREY
    percent = line.percent
    return next(colour for least, colour in STEPS if percent >= least)


def text_width(text: str) -> int:
    """The width of a text of the badge in whole pixels."""
    return round(sum(_WIDTHS.get(character, _USUAL_WIDTH) for character in text))
