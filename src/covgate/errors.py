"""Every failure a user can meet: what it says, the exit code it ends with, the slug of its documentation.

A failed gate is not here: it is a `Verdict`. These are raised in parse, settings and shell and caught once,
in `cli.main`.
"""

from typing import ClassVar

NOT_EVALUATED = "No gate was evaluated."


class CovgateError(Exception):
    """Something kept covgate from reaching a verdict.

    `what` says what happened, `where` names the file, key or line, `hint` says what to do next.
    """

    exit_code: ClassVar[int] = 70
    slug: ClassVar[str] = "bug"
    title: ClassVar[str] = "covgate has a bug"

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what

    @property
    def exit_status(self) -> int:
        """What the process ends with."""
        return self.exit_code


class SettingsError(CovgateError):
    """The settings, the options or the action's inputs cannot be used."""

    exit_code = 2
    slug = "settings"
    title = "The settings cannot be used"


class MeasurementError(CovgateError):
    """The suite could not be started, or its coverage could not be read."""

    exit_code = 4
    slug = "measurement"
    title = "Coverage could not be measured"


class ComparisonError(CovgateError):
    """The change could not be determined: no repository, no base, no history."""

    exit_code = 5
    slug = "comparison"
    title = "The change could not be compared with its base"


class PublishingError(CovgateError):
    """The forge refused or did not answer. Ends a run only where `publish.required` is set."""

    exit_code = 6
    slug = "publishing"
    title = "The report could not be published"


class Interrupted(CovgateError):  # noqa: N818  # a signal is not an error
    """A signal asked covgate to stop."""

    slug = "interrupted"
    title = "covgate was interrupted"

    def __init__(self, signal_number: int) -> None:
        super().__init__(f"the run was cancelled (signal {signal_number})")
        self.signal_number = signal_number

    @property
    def exit_status(self) -> int:
        """The shell's convention: 128 and the number of the signal."""
        return 128 + self.signal_number


def bug(error: Exception) -> CovgateError:
    """An exception that nobody expected, told as a failure of covgate's own."""
    return CovgateError(
        f"covgate has a bug: {type(error).__name__}: {error}",
        hint="Please report it with the traceback in the log. The change is not to blame.",
    )
