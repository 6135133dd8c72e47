"""Where the thresholds came from, and what the change would do to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A setting whose value at the head differs from the one that was judged by.

    Shape:  values as people write them in YAML; "" where the key is absent on that side.
    """

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose thresholds were judged by.

    Shape:  `source` tells it in a few words ("`.covgate.yml` of the base"); `changes` are what the head would change of
            thresholds, `exclusions` what it would change of coverage's own settings that decide what counts.
    """

    source: str
    changes: tuple[PolicyChange, ...] = ()
    exclusions: tuple[PolicyChange, ...] = ()
