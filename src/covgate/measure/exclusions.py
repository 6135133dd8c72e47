"""Settings of coverage.py that decide what counts, and how a change alters them."""

from covgate.model.interpreter import Configuration, Interpreter
from covgate.model.policy import PolicyChange

# The key as people write it, and coverage.py's own name of it.
_KEYS = (
    ("source", "source"),
    ("source_pkgs", "source_pkgs"),
    ("source_dirs", "source_dirs"),
    ("include", "run_include"),
    ("omit", "run_omit"),
    ("report.include", "report_include"),
    ("report.omit", "report_omit"),
    ("exclude_lines", "exclude_list"),
    ("exclude_also", "exclude_also"),
    ("partial_branches", "partial_list"),
    ("partial_also", "partial_also"),
    ("partial_branches_always", "partial_always_list"),
    ("plugins", "plugins"),
)
_ADDED_TO = {"exclude_list": "exclude_also", "partial_list": "partial_also"}


def exclusion_changes(interpreter: Interpreter) -> tuple[PolicyChange, ...]:
    """The settings that differ between the base's and the head's configuration.

    Errors: none; where the base's configuration cannot be read any more, that is the one change told.
    """
    base, head = interpreter.base, interpreter.head
    if base is None:
        return ()
    if base.error:
        return (PolicyChange("coverage configuration", f"cannot be read: {base.error}", head.file),)
    pairs = ((key, _written(base, name), _written(head, name)) for key, name in _KEYS)
    return tuple(PolicyChange(key, before, after) for key, before, after in pairs if before != after)


def _written(configuration: Configuration, name: str) -> str:
    """A list as people write it in YAML; "" for none."""
    values = configuration.values(name)
    added = configuration.values(_ADDED_TO[name]) if name in _ADDED_TO else ()
    # coverage.py adds what `exclude_also` says to `exclude_lines`: it must not be told twice.
    own = values[: len(values) - len(added)] if added and values[-len(added) :] == added else values
    return f"[{', '.join(own)}]" if own else ""
