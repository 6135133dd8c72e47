"""The steps of a run that are too long to be told in `pipeline.py`."""
