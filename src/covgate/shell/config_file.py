"""The settings file as it lies in the repository."""

from pathlib import Path

from covgate.errors import SettingsError

CONFIG = ".covgate.yml"
LARGEST_BYTES = 1024 * 1024


def read_config(root: Path, wanted: str) -> tuple[str | None, str]:
    """The settings file's text, and its path in the repository; no text where there is none and none was asked for.

    Errors: SettingsError where a file that was asked for is not there or lies outside, or where it is no text.
    """
    path = located(root, wanted) if wanted else root / CONFIG
    if not path.is_file():
        if wanted:
            raise SettingsError("there is no such settings file", where=wanted, hint="Name another with `--config`.")
        return None, CONFIG
    if not path.resolve().is_relative_to(root.resolve()):
        hint = "Keep it within: the base's version of it decides."
        raise SettingsError("the settings file is outside the repository", where=str(path), hint=hint)
    return text_of(path), path.resolve().relative_to(root.resolve()).as_posix()


def located(root: Path, wanted: str) -> Path:
    """The file that a path means: as seen from here, else as seen from the repository's top."""
    return here if (here := Path(wanted)).is_file() else root / wanted


def text_of(path: Path) -> str:
    """The file's text.

    Errors: SettingsError where it is too large, cannot be read, or is not UTF-8.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise SettingsError("the settings file is larger than a megabyte", where=str(path))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"it cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError("it is not UTF-8", where=f"{path}, line {line}", hint="Save it as UTF-8.") from error
