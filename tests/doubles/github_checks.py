"""The double's check runs."""

from dataclasses import dataclass, field
from typing import Any

LONGEST_SUMMARY = 65_535
MOST_ANNOTATIONS = 50
CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")


@dataclass
class Check:
    """A check run; `batches` says how many annotations each request brought."""

    id: int
    name: str
    head_sha: str
    conclusion: str = ""
    external_id: str = ""
    details_url: str = ""
    title: str = ""
    summary: str = ""
    annotations: list[dict[str, Any]] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)

    def take(self, body: dict[str, Any]) -> None:
        """What a request says of it; annotations are added to those there are."""
        output = body.get("output") or {}
        for name in ("conclusion", "external_id", "details_url"):
            setattr(self, name, body.get(name, getattr(self, name)))
        self.title, self.summary = output.get("title", self.title), output.get("summary", self.summary)
        self.annotations += output.get("annotations", [])
        self.batches.append(len(output.get("annotations", [])))

    def as_github(self, api: str, repository: str) -> dict[str, Any]:
        """A "check run"."""
        url = f"{api}/repos/{repository}/check-runs/{self.id}"
        output: dict[str, Any] = {"title": self.title, "summary": self.summary, "text": None}
        output |= {"annotations_count": len(self.annotations), "annotations_url": f"{url}/annotations"}
        shape: dict[str, Any] = {
            "id": self.id,
            "node_id": f"CR_{self.id}",
            "name": self.name,
            "head_sha": self.head_sha,
            "url": url,
        }
        shape |= {"external_id": self.external_id, "details_url": self.details_url, "status": "completed"}
        shape |= {"html_url": f"https://github.com/{repository}/runs/{self.id}", "conclusion": self.conclusion}
        shape |= dict.fromkeys(("started_at", "completed_at"), "2026-01-01T00:00:00Z")
        return shape | {"output": output, "check_suite": None, "app": None, "pull_requests": []}


def complaint(body: Any, *, new: bool) -> str:
    """What GitHub would say against a request's body; "" where it would take it."""
    if not isinstance(body, dict) or (new and not (body.get("name") and body.get("head_sha"))):
        return "name and head_sha are required"
    if body.get("conclusion", "success") not in CONCLUSIONS:
        return "conclusion is none of those there are"
    output = body.get("output") or {}
    if len(output.get("summary", "")) > LONGEST_SUMMARY:
        return "summary is too long"
    annotations = output.get("annotations", [])
    if len(annotations) > MOST_ANNOTATIONS:
        return "too many annotations"
    needed = {"path", "start_line", "end_line", "annotation_level", "message"}
    whole = all(needed <= set(row) and 0 < row["start_line"] <= row["end_line"] for row in annotations)
    return "" if whole else "an annotation lacks something"
