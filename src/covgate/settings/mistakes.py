"""Mistakes in settings: found all at once, each told with its place and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from covgate.errors import SettingsError

HINT = "`covgate config schema` prints every key with what it takes; the reference in the documentation lists them."
_LONGEST = 300


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong.

    Shape:  `where` is what the reader is pointed at ("`.covgate.yml` line 4", "input `fail`"); `key` is dotted, "" for
            the whole. Neither key nor words are trusted: control characters are escaped and long ones cut.
    Units:  1-based line and column, 0 where the value does not stand in a file.
    """

    line: int
    column: int
    where: str
    key: str
    says: str

    def __str__(self) -> str:
        return _harmless(f"{self.key}: {self.says}" if self.key else self.says)


def _harmless(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in shown)


class SettingsMistakesError(SettingsError):
    """Everything that is wrong with the settings.

    Shape:  `mistakes` are in the order of the file, with those of inputs and options first.
    """

    def __init__(self, mistakes: Iterable[Mistake], hint: str = HINT) -> None:
        self.mistakes = tuple(sorted(mistakes))
        if len(self.mistakes) == 1:
            (only,) = self.mistakes
            super().__init__(str(only), where=only.where, hint=hint)
        else:
            lines = "".join(f"\n  {mistake.where}: {mistake}" for mistake in self.mistakes)
            super().__init__(f"{len(self.mistakes)} mistakes in the settings:{lines}", hint=hint)
