"""Cyclomatic complexity, from the ways out of branching lines that coverage.py finds: no source is parsed again.

McCabe's number is one more than the decisions of a function; a line with n ways out decides n − 1 times. Handlers of
exceptions and `and`/`or` within a line are no branches to coverage.py, and no decisions here.
"""

from covgate.model.ratio import Ratio


def crap(complexity: int, statements: Ratio) -> int:
    """Change risk: complexity² × (1 − covered)³ + complexity, rounded down; high for complex code without tests.

    Source: Savoia and Evans, crap4j.
    """
    if not statements.total:
        return complexity
    return complexity**2 * statements.missed**3 // statements.total**3 + complexity
