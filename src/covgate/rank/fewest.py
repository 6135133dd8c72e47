"""The fewest of many that together make up for what is short."""

from collections.abc import Sequence

MOST_STEPS = 20_000
"""So many sets are tried for the exact answer; then a good one has to do."""

Amounts = tuple[int, ...]


def fewest(gains: Sequence[Amounts], short: Amounts) -> tuple[int, ...] | None:
    """Which of the gains, by their places, together reach what is short, with as few of them as possible.

    Shape:  a gain has one amount for each of `short`; of alike gains, the one that comes first. () where nothing is
            short, None where all together are not enough.

    With one amount the largest gains are taken. With several, all sets are tried from the smallest size on, those left
    out that cannot get there any more; after MOST_STEPS tries what is taken is always that which brings most of what
    is still short.
    """
    if any(sum(gain[rule] for gain in gains) < wanted for rule, wanted in enumerate(short)):
        return None
    if len(short) == 1:
        return _largest(gains, short[0])
    useful = [place for place, gain in enumerate(gains) if any(map(min, gain, short))]
    greedy = _greedy(gains, short)
    search = _Search([gains[place] for place in useful])
    for size in range(_least(gains, short), len(greedy)):
        found = search.of_size(short, size)
        if found is not None:
            return tuple(useful[place] for place in found)
        if search.steps >= MOST_STEPS:
            break
    return greedy


def _largest(gains: Sequence[Amounts], short: int) -> tuple[int, ...]:
    taken: list[int] = []
    for place in sorted(range(len(gains)), key=lambda place: (-gains[place][0], place)):
        if short <= 0:
            break
        taken.append(place)
        short -= gains[place][0]
    return tuple(sorted(taken))


def _least(gains: Sequence[Amounts], short: Amounts) -> int:
    """No set is smaller than the one that the hardest of the amounts takes alone."""
    return max(
        (len(_largest([(gain[rule],) for gain in gains], wanted)) for rule, wanted in enumerate(short)), default=0
    )


def _greedy(gains: Sequence[Amounts], short: Amounts) -> tuple[int, ...]:
    taken: list[int] = []
    left = short
    while any(amount > 0 for amount in left):
        rest = [place for place in range(len(gains)) if place not in taken]
        best = max(rest, key=lambda place: (_worth(gains[place], left), -place))
        taken.append(best)
        left = _less(left, gains[best])
    return tuple(sorted(taken))


def _worth(gain: Amounts, left: Amounts) -> float:
    """How much of all that is still short this brings, each amount counting as one whole."""
    return sum(min(one, wanted) / wanted for one, wanted in zip(gain, left, strict=True) if wanted > 0)


def _less(left: Amounts, gain: Amounts) -> Amounts:
    return tuple(max(0, wanted - one) for wanted, one in zip(left, gain, strict=True))


class _Search:
    """All sets of a size, in order, less those that cannot get there."""

    def __init__(self, gains: Sequence[Amounts]) -> None:
        self._gains = gains
        self.steps = 0

    def of_size(self, short: Amounts, size: int, start: int = 0) -> tuple[int, ...] | None:
        """The first set of this size, from a place on, that reaches what is short."""
        self.steps += 1
        if not any(short):
            return ()
        if size == 0 or self.steps >= MOST_STEPS or not self._reachable(short, size, start):
            return None
        for place in range(start, len(self._gains)):
            rest = self.of_size(_less(short, self._gains[place]), size - 1, place + 1)
            if rest is not None:
                return (place, *rest)
        return None

    def _reachable(self, short: Amounts, size: int, start: int) -> bool:
        rest = self._gains[start:]
        return all(
            sum(sorted((gain[rule] for gain in rest), reverse=True)[:size]) >= wanted
            for rule, wanted in enumerate(short)
        )
