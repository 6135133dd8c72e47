"""GitHub: where a run takes place there, and what is posted."""
