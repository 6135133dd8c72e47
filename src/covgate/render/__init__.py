"""Report → text."""

from covgate.render.data_pages import data_pages
from covgate.render.delivery import Deliverables, deliverables, report_files
from covgate.render.failure import failure_annotation, failure_report
from covgate.render.markdown import comment_marker
from covgate.render.shards import shard_summary, shard_text

__all__ = [
    "Deliverables",
    "comment_marker",
    "data_pages",
    "deliverables",
    "failure_annotation",
    "failure_report",
    "report_files",
    "shard_summary",
    "shard_text",
]
