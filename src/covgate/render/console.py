"""Where text for terminals is set before it is shown."""

import io

from rich.console import Console


def memory(width: int, *, colour: bool) -> Console:
    """A console that shows nothing and captures all, as wide as this.

    Shape:  nothing of the environment is read, and nothing in a text is taken for markup.
    """
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
