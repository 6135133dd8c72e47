"""How coverage moved, commit by commit: charts, sparklines and tables."""
