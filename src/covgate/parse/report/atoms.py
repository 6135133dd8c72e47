"""What every part of report.json is made of when it is read back: bounded numbers, texts and paths."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from covgate.parse.input_format import MAX_LINE

MOST_FILES = 50_000
MOST_ROWS = 10_000
LARGEST_COUNT = 10_000_000
MOST_COMPONENTS = 1_000
MOST_PARTIAL = 500_000


def _inside(path: str) -> str:
    """A path within the repository: links are made of it."""
    if not path or path.startswith("/") or any(part in (".", "..") for part in path.split("/")):
        raise ValueError("it is no path within the repository")
    return path


Line = Annotated[int, Field(ge=1, le=MAX_LINE)]
Target = Annotated[int, Field(ge=-MAX_LINE, le=MAX_LINE)]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
FewTests = Annotated[int, Field(ge=0, le=200_000)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
Label = Annotated[str, Field(max_length=1_000)]
Text = Annotated[str, Field(max_length=100_000)]
RepositoryPath = Annotated[str, Field(max_length=4096), AfterValidator(_inside)]
Sha = Annotated[str, Field(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$")]
Instant = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}[+-][0-9]{2}:[0-9]{2}$")]
Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z.+-]{1,50}$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z_]{1,50}(\.[a-z_]{1,50})?$")]
Decimal = Annotated[str, Field(pattern=r"^-?[0-9]{1,20}(\.[0-9]{1,6})?$")]
Exact = Annotated[str, Field(pattern=r"^-?[0-9]{1,20}(/[1-9][0-9]{0,19})?$")]
Lines = Annotated[list[Line], Field(max_length=1_000_000)]
Ranges = Annotated[list[tuple[Line, Line]], Field(max_length=1_000_000)]


class Shape(BaseModel):
    """Strict: nothing is taken for a number that is none, and nothing is not a number."""

    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False, frozen=True)


class Share(Shape):
    """So many covered of so many."""

    covered: Count
    total: Count
    percent: Decimal | None


class Counts(Shape):
    """Statements, arcs, and both."""

    line: Share
    branch: Share
    combined: Share
