"""report.json, read back by a run that trusts nothing in it."""
