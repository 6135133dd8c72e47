"""The repository, through Git itself."""

from covgate.shell.git.process import FetchCredentials
from covgate.shell.git.repository import GitRepository, find_root

__all__ = ["FetchCredentials", "GitRepository", "find_root"]
