"""The report of a recall: what a version reached and what serves it, in Markdown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gqlregistry.plan.lineage import Kind, Node
from gqlregistry.plan.reach import Reach
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.reached import MAX_LISTED, closest, counts, requested, uses
from gqlregistry.schema.served import Served, served
from gqlregistry.schema.telling import name_of, plain, table, told_of
from gqlregistry.schema.timeline import version_of
from gqlregistry.store.tables import instant_text

_ALIAS = ["alias", "of", "version", "from", "until", "set by", "reason"]
_FOLLOWED = "latest"


def reports(
    request: Request, keys: Sequence[Reach], from_: datetime | None = None, until: datetime | None = None
) -> Reading[Mapping[Reach, str]]:
    """The report of each."""
    found = {}
    for each in keys:
        found[each] = yield from _report(request, each, from_, until)
    return found


def _report(request: Request, of: Reach, from_: datetime | None, until: datetime | None) -> Reading[str]:
    nodes = (yield from closest(request, [of], MAX_LISTED))[of]
    followed = (yield from uses(request, [of], MAX_LISTED, _FOLLOWED))[of]
    ends = [node for each in followed for node in (Node(Kind.RUN, each.run_id), Node(Kind.ARTIFACT, each.artifact_id))]
    told = yield from told_of(request, [of.start, *(each.node for each in nodes), *ends])
    by_type = (yield from counts(request, [of]))[of]
    now = (yield from served(request, [of], MAX_LISTED))[of]
    asked = (yield from requested(request, [of]))[of]
    runs, artifacts = (len([node for node in of.others if node.kind is kind]) for kind in Kind)
    least = "at least " if of.truncated else ""
    start = told[of.start]
    lines = [
        f"# Recall of {plain(start['name'])}",
        "",
        f"Digest `{start['digest']}`.",
        f"Downstream of it: {least}{runs:,} runs and {least}{artifacts:,} versions.",
        "",
        *_section("Aliases that serve it, or what came of it, now", _ALIAS, [_line(each) for each in now]),
    ]
    if from_ is not None or until is not None:
        then = (yield from served(request, [of], MAX_LISTED, None, from_, until))[of]
        when = f"from {instant_text(from_) if from_ else 'the beginning'} to {instant_text(until) if until else 'now'}"
        lines += _section(f"Aliases that served {when}", _ALIAS, [_line(each) for each in then])
    lines += _section("Downstream by type", ["", "type", "count"], [(c.kind, c.type, c.count) for c in by_type])
    lines += _section("What runs asked for", ["asked for", "uses"], [(a.requested_as, a.count) for a in asked])
    rows: list[Sequence[Any]] = [
        (each.created_at, told[run]["path"], told[run]["display_name"], told[used]["name"])
        for each, run, used in zip(followed, ends[::2], ends[1::2], strict=True)
    ]
    lines += _section(f"Uses that asked for `{_FOLLOWED}`", ["when", "run", "", "got"], rows)
    rows = [(each.distance, each.node.kind.value, name_of(told[each.node])) for each in nodes]
    lines += _section(f"The closest {len(rows):,} nodes", ["distance", "", "name"], rows)
    return "\n".join(lines)


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    return [f"## {title}", "", *(table(heads, rows) if rows else ["None."]), ""]


def _line(each: Served) -> Sequence[Any]:
    version = version_of(each.version_index)
    return each.name, each.path, version, each.since, each.until or "", each.actor, each.reason
