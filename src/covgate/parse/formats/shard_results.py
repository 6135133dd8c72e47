"""What `covgate run --shard` leaves beside its coverage."""

from covgate.parse.input_format import ForeignReport, InputFormat
from covgate.parse.shard_record import START, shard_from


def _recognises(_name: str, head: bytes) -> bool:
    return START.match(head) is not None


def _parse(content: bytes, where: str) -> ForeignReport:
    shard = shard_from(content, where)
    return ForeignReport(tool="covgate", version=shard.covgate, suite=shard.suite, shard=shard)


FORMAT = InputFormat(
    id="shard_results",
    summary="results of covgate's shards",
    recognises=_recognises,
    parse=_parse,
    samples=("results.unit.json",),
)
