"""The variables of the environment that are covgate's and the runner's alone."""

from fnmatch import fnmatchcase

FILE_COMMANDS = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY")
SECRET = (
    *("INPUT_*", "*TOKEN*", "STATE_*", "GIT_*", *FILE_COMMANDS),
    *("ACTIONS_RUNTIME_*", "ACTIONS_RESULTS_URL", "ACTIONS_CACHE_URL", "ACTIONS_ID_TOKEN_*"),
)
"""Never the suite's, whatever `suite.env` says, and never Git's."""


def is_secret(name: str) -> bool:
    """Whether a variable must never reach the suite, or a program that needs none of covgate's secrets."""
    return any(fnmatchcase(name.upper(), pattern) for pattern in SECRET)
