"""`python -m covgate`."""

from covgate.cli import entry

if __name__ == "__main__":
    entry()
