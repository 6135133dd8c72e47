"""The repository's Python files as they were before the suite ran."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sources:
    """Contents by path.

    Shape:  paths are relative to the repository with forward slashes; a file that is there and whose content is not
            kept, because it or all together are too large, has None.
    """

    files: Mapping[str, bytes | None] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths, sorted."""
        return tuple(sorted(self.files))

    def content(self, path: str) -> bytes:
        """A file's content, b"" where there is none to be had."""
        return self.files.get(path) or b""

    def text(self, path: str) -> str:
        """A file's text, with the line ends that Python sees.

        Errors: none; bytes that are no UTF-8 come as �.
        """
        text = self.content(path).decode("utf-8-sig", errors="replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")
