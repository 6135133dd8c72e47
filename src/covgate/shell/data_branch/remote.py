"""Where the data branch lies: the repository that the runner names, else the one that this clone was made from."""

from dataclasses import dataclass, field

from covgate.model.place import Place
from covgate.shell.git.process import FetchCredentials


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository to fetch from and push to.

    Shape:  `url` in full, never a name that a configuration gives a meaning to.
    """

    url: str
    credentials: FetchCredentials | None = field(default=None)


def remote_of(here: Place, origin: str, credentials: FetchCredentials | None) -> Remote | None:
    """The repository that this run belongs to; None where there is no other than the one on disk.

    Shape:  `origin` is where the clone was made from, or "". It is not asked on GitHub's runners: an earlier step may
            have set it to anything, and the token must go nowhere else.
    """
    if here.server_url and here.repository:
        return Remote(f"{here.server_url}/{here.repository}", credentials)
    return Remote(origin) if origin and not origin.startswith("-") else None
