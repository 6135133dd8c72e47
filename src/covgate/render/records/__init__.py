"""report.json and gaps.json: the shapes that their schemas are made from, and a report's values in them."""
