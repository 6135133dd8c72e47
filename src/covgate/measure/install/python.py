"""The Python that a project asks for."""

import re

from covgate.measure.install.poetry import specifier
from covgate.measure.install.project import Project, table, tool

_SPECIFIER = re.compile(r"(==|!=|>=|<=|>|<|~=)[\d.*]+(,(==|!=|>=|<=|>|<|~=)[\d.*]+)*")


def requires_python(project: Project) -> str:
    """The versions that the project runs on, as a specifier; "" where it does not say, or not in such a form."""
    said = (
        project.metadata.get("requires-python"),
        table(tool(project, "poetry"), "dependencies").get("python"),
        project.setup.get("options", {}).get("python_requires"),
    )
    text = next((text for text in said if isinstance(text, str)), "")
    found = specifier(text).replace(" ", "").strip(",")
    return found if _SPECIFIER.fullmatch(found) else ""
