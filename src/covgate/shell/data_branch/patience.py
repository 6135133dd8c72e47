"""How long the data branch is worked on, and what is said when it cannot be."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 8.0


class UnreachableError(Exception):
    """The data branch cannot be read or written, in words that end a sentence.

    Shape:  `lasting` says that it would be the same the next time.
    """

    def __init__(self, words: str, *, lasting: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Patience:
    """The time for everything that is asked of the remote at once, and what it is measured with.

    Shape:  `clock` tells seconds that only grow, `wait` waits, `chance` gives a number from 0 to 1.
    Units:  seconds.
    """

    seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def begin(self) -> "Deadline":
        """From now on."""
        return Deadline(self, self.clock() + self.seconds)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a stretch of time."""

    patience: Patience
    end: float

    @property
    def left(self) -> float:
        """Seconds that are left.

        Errors: UnreachableError where none are.
        """
        left = self.end - self.patience.clock()
        if left <= 0:
            raise UnreachableError(f"it took longer than {self.patience.seconds:g} seconds", lasting=True)
        return left

    def pause(self, attempt: int) -> None:
        """Waits before the attempt after this one, the first being 0: longer each time, and never as long as others.

        Errors: UnreachableError where the time would be up.
        """
        longest = min(FIRST_PAUSE_SECONDS * 2.0**attempt, LONGEST_PAUSE_SECONDS)
        seconds = longest * (0.25 + 0.75 * self.patience.chance())
        self.patience.wait(min(seconds, self.left))
