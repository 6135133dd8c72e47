"""Dependencies as Poetry writes them, in the words of everybody else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from covgate.measure.install.project import Project, table, tool

_NUMBER = re.compile(r"(?P<sign>[\^~]?)\s*v?(?P<number>\d+(\.\d+)*)(?P<rest>[A-Za-z0-9.+-]*)")
_PARTS = re.compile(r"(==|!=|>=|<=|>|<|~=)([\w.*+-]+)")
_COMPARISON = re.compile(r"(==|!=|>=|<=|>|<|~=)\s*[\w.*+-]+")


def poetry_groups(project: Project) -> Mapping[str, Mapping[str, Any]]:
    """The dependencies of every group that Poetry alone can read, by the group's name.

    Shape:  `[tool.poetry.dev-dependencies]`, of the days before groups, is "dev".
    """
    poetry = tool(project, "poetry")
    groups = {name: table(group, "dependencies") for name, group in table(poetry, "group").items() if is_table(group)}
    old = table(poetry, "dev-dependencies")
    return {**groups, "dev": {**old, **groups.get("dev", {})}} if old else groups


def is_table(value: object) -> bool:
    """Whether it is a table of a TOML file."""
    return isinstance(value, dict)


def poetry_arguments(dependencies: Mapping[str, Any]) -> tuple[str, ...]:
    """A table of dependencies as arguments of an installer; Python's own version is none."""
    return tuple(
        argument
        for name, value in dependencies.items()
        if name != "python"
        for one in (value if isinstance(value, list) else [value])
        for argument in dependency_arguments(name, one)
    )


def dependency_arguments(name: str, value: object) -> Iterator[str]:
    """One dependency: a version, or a table that says more. Optional ones belong to an extra and are left to it."""
    if isinstance(value, str):
        yield name + specifier(value)
    elif isinstance(value, dict) and not value.get("optional"):
        if path := value.get("path"):
            yield from ("-e", str(path)) if value.get("develop") else (str(path),)
            return
        extras = f"[{','.join(map(str, value['extras']))}]" if isinstance(value.get("extras"), list) else ""
        marker = markers(value)
        yield f"{name}{extras}{place(value)}{f' ; {marker}' if marker else ''}"


def place(value: Mapping[str, Any]) -> str:
    """Where the dependency is from: Git, an address, else an index, in a version."""
    if "git" in value:
        revision = next((str(value[key]) for key in ("rev", "tag", "branch") if key in value), "")
        return f" @ git+{value['git']}{f'@{revision}' if revision else ''}"
    return f" @ {value['url']}" if "url" in value else specifier(str(value.get("version", "*")))


def markers(value: Mapping[str, Any]) -> str:
    """Where the dependency holds."""
    versions = _PARTS.findall(specifier(str(value.get("python", "*"))))
    python = " and ".join(f"python_version {sign} '{number}'" for sign, number in versions)
    found = [f"({part})" for part in (python, value.get("markers", ""), platform(value)) if part]
    return " and ".join(found)


def platform(value: Mapping[str, Any]) -> str:
    """Poetry's short form of a marker for the platform."""
    return f"sys_platform == '{value['platform']}'" if "platform" in value else ""


def specifier(text: str) -> str:
    """A version as Poetry writes it, as a specifier; "" where every version will do or where it has no such form."""
    if "|" in text:
        return ""
    parts = [part.strip() for part in re.split(r",|(?<=[\w*])\s+(?=[<>=!^~])", text.strip())]
    return ",".join(filter(None, map(one_specifier, parts)))


def one_specifier(part: str) -> str:
    """One comparison: `^1.2`, `~1.2`, `1.2`, `1.2.*` or what it already is."""
    if _COMPARISON.fullmatch(part):
        return part.replace(" ", "")
    if part.endswith(".*") and re.fullmatch(r"[\d.]+\*", part):
        return f"=={part}"
    match = _NUMBER.fullmatch(part)
    if not match:
        return ""
    whole = match["number"] + match["rest"]
    if not match["sign"]:
        return f"=={whole}"
    return f">={whole},<{next_version(match['number'], caret=match['sign'] == '^')}"


def next_version(text: str, *, caret: bool) -> str:
    """The first version that `^` or `~` leaves out."""
    numbers = [int(part) for part in text.split(".")]
    first = next((place for place, part in enumerate(numbers) if part), len(numbers) - 1)
    place_ = first if caret else min(1, len(numbers) - 1)
    return ".".join(map(str, [*numbers[:place_], numbers[place_] + 1]))
