"""Snapshots of earlier commits, kept on a branch of the repository itself: no server is needed."""

from covgate.shell.data_branch.bare import Bare
from covgate.shell.data_branch.branch import DataBranch, quiet
from covgate.shell.data_branch.patience import Patience
from covgate.shell.data_branch.remote import Remote, remote_of

__all__ = ["Bare", "DataBranch", "Patience", "Remote", "quiet", "remote_of"]
