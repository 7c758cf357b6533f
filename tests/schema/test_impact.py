"""What came of a version, and what serves it, is what a walk by hand and the log tell."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import product
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.errors import RegistryError
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import aliases, artifacts, deletion, lineage, links, projects, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.store.tables import ActionEvent, EventKind, RunInput, RunOutput, Visibility, instant_text
from tests.conftest import on_sqlite
from tests.schema.api import API

VERSIONS, RUNS, MOVES = 16, 12, 40
ASK = """query ($id: ID!, $from: DateTime, $until: DateTime) { impact(of: {id: $id}) {
    runs artifacts truncated counts { kind type count }
    nodes(first: 1000) { distance node { ... on Node { id } } } requested { requestedAs count }
    now: aliases(first: 1000) { ...A } then: aliases(first: 1000, from: $from, until: $until) { ...A }
    latest: uses(requestedAs: "latest") { run { id } artifact { id } } uses(first: 1000) { run { id } artifact { id } }
} } fragment A on ServingAlias { path version name from until reason artifact { id } endedReason }"""


def some_lineage(change: Change) -> None:
    """Runs of several kinds that use and log versions; some use what they logged."""
    pick = Random(5)
    for number in range(RUNS):
        runs.create_run(change, "local/zoo", f"r{number}", job_type=pick.choice(["train", "evaluate", None]))
    for number in range(VERSIONS):
        files = [File("f", str(number), 1, "s3://bucket/key")]
        name, type_ = pick.choice([("a", "dataset"), ("b", "dataset"), ("c", "model")])
        run = f"local/zoo/r{pick.randrange(RUNS)}"
        version = artifacts.log_artifact(change, run, name, type_, files=files, commit=True).artifact
        for _ in range(2):
            user = f"local/zoo/r{pick.randrange(RUNS)}"
            asked = pick.choice(["latest", f"v{version.version_index}"])
            lineage.use_artifact(change, user, f"local/zoo/{name}:{asked}")


def edges(session: Session) -> tuple[list[tuple[int, int, str | None]], list[tuple[int, int]]]:
    uses = session.exec(select(RunInput.run_id, RunInput.artifact_id, RunInput.requested_as)).all()
    return list(uses), list(session.exec(select(RunOutput.run_id, RunOutput.artifact_id)).all())


def walked(start: str, uses: list[Any], outputs: list[Any]) -> dict[str, int]:
    """The distance of each node downstream, by its id."""
    run, artifact = encode_id("Run"), encode_id("Artifact")
    after: dict[str, set[str]] = {}
    for user, used, _ in uses:
        after.setdefault(artifact(used), set()).add(run(user))
    for logger, logged in outputs:
        after.setdefault(run(logger), set()).add(artifact(logged))
    distances, queue = {start: 0}, [start]
    for node in queue:
        for following in after.get(node, set()) - distances.keys():
            distances[following] = distances[node] + 1
            queue.append(following)
    return distances


def pointed(session: Session) -> list[tuple[int, str, str, int, datetime, datetime | None]]:
    """Each time that an alias pointed at a version: told by reading the whole log from its start."""
    standing: dict[tuple[int | None, str | None], ActionEvent] = {}
    found: list[Any] = []

    def end(key: Any, at: datetime | None) -> None:
        event = standing.pop(key, None)
        if event is not None:
            found.append((event.collection_id, event.alias, event.artifact_id, event.created_at, at))

    for event in session.exec(select(ActionEvent).order_by(col(ActionEvent.id))):
        if event.kind in (EventKind.ALIAS_ADDED, EventKind.ALIAS_REMOVED):
            end((event.collection_id, event.alias), event.created_at)
        if event.kind is EventKind.ALIAS_ADDED:
            standing[event.collection_id, event.alias] = event
    for key in list(standing):
        end(key, None)
    return found


async def moving(api: API) -> list[datetime]:
    """Aliases and links come and go; moments between."""
    house, pick, moments = api.house, Random(6), []
    await house.registry()
    for number in range(MOVES):
        home = pick.choice(["local/zoo/a", "local/zoo/b", "local/zoo/c", "model/best"])
        version, alias = f"v{pick.randrange(5)}", pick.choice(["production", "staging"])
        with suppress(RegistryError):
            match pick.randrange(6):
                case 0 | 1:
                    await house.do(links.link_artifact, f"local/zoo/{pick.choice('abc')}:{version}", "model/best")
                case 2:
                    await house.do(aliases.remove_alias, home, alias, reason="off")
                case 3 if number > MOVES / 2:
                    await house.do(deletion.delete_artifact, f"{home}:{version}", delete_aliases=True)
                case _:
                    await house.do(aliases.set_alias, home, version, alias, reason=f"move {number}")
        moments.append(datetime.now(UTC))
    return moments


async def test_impact_is_what_a_walk_by_hand_and_the_log_tell(api: API) -> None:
    await api.house.do(some_lineage)
    moments = await moving(api)
    uses, outputs = await api.house.look(edges)
    intervals = await api.house.look(pointed)
    start, end = moments[MOVES // 4], moments[MOVES // 2]
    encode, compared = encode_id("Artifact"), 0
    for key in range(1, VERSIONS + 1, 3):
        times = {"from": instant_text(start), "until": instant_text(end)}
        found = (await api.ask(ASK, id=encode(key), **times))["impact"]
        distances = walked(encode(key), uses, outputs)
        assert {encode(key): 0} | {each["node"]["id"]: each["distance"] for each in found["nodes"]} == distances
        reached = {decode_id(each)[1] for each in distances if decode_id(each)[0] == "Artifact"}
        assert (found["artifacts"], found["runs"]) == (len(reached) - 1, len(distances) - len(reached))
        assert sum(each["count"] for each in found["counts"]) == len(distances) - 1
        used = [(user, artifact, asked) for user, artifact, asked in uses if artifact in reached]
        assert sum(each["count"] for each in found["requested"]) == len(found["uses"]) == len(used)
        assert len(found["latest"]) == len([asked for *_, asked in used if asked == "latest"])
        now = [each for each in intervals if each[2] in reached and each[4] is None]
        then = [i for i in intervals if i[2] in reached and i[3] <= end and (i[4] is None or i[4] > start)]
        for name, expected in (("now", now), ("then", then)):
            told = sorted((each["name"], decode_id(each["artifact"]["id"])[1], each["from"]) for each in found[name])
            assert told == sorted((alias, artifact, instant_text(since)) for _, alias, artifact, since, _ in expected)
        compared += len(then)
    assert compared > MOVES / 2


async def test_a_hub_is_cut_and_says_so(api: API) -> None:
    def hub(change: Change) -> int:
        files = [File("f", "hub", 1, "s3://bucket/key")]
        made = artifacts.log_artifact(change, None, "local/zoo/hub", "data", files=files, commit=True).artifact
        for number in range(30):
            lineage.use_artifact(change, runs.create_run(change, "local/zoo", f"r{number}").id, made.id, "latest")
        return made.id

    id = encode_id("Artifact")(await api.house.do(hub))
    ask = """query ($id: ID!, $most: Int!) { impact(of: {id: $id}, most: $most) { runs artifacts truncated
        requested { requestedAs count } nodes(first: 2) { distance } report } }"""
    for most, runs_, truncated in ((30, 30, False), (29, 29, True), (1, 1, True)):
        found = (await api.ask(ask, id=id, most=most))["impact"]
        assert (found["runs"], found["artifacts"], found["truncated"]) == (runs_, 0, truncated)
        # What asked for it is counted, whether it is among the closest nodes or not.
        assert found["requested"] == [{"requestedAs": "latest", "count": 30}]
        assert (f"at least {runs_} runs" in found["report"]) == truncated


@on_sqlite
async def test_a_report_is_a_document(api: API) -> None:
    house = api.house
    await house.registry()
    await api.log()
    run = await house.run("r|1")
    await house.do(lineage.use_artifact, run.id, "local/zoo/data")
    await house.log("model", run=run.id)
    await house.do(links.link_artifact, "local/zoo/model:v0", "model/best", ["production"])
    await house.do(aliases.remove_alias, "model/best", "production", reason="poisoned | *data*")
    ask = 'query ($t: DateTime) { impact(of: {name: "local/zoo/data:v0"}) { report(from: $t) } }'
    now = (await api.ask(ask))["impact"]["report"]
    assert now.startswith("# Recall of local/zoo/data:v0\n")
    assert "1 runs and 1 versions" in now
    assert "| 2 | Artifact | local/zoo/model:v0 |" in now
    assert "production" not in now
    then = (await api.ask(ask, t="2000-01-01T00:00:00Z"))["impact"]["report"]
    line = next(line for line in then.splitlines() if line.startswith("| production | default/model/best | v0 |"))
    assert line.count(" | ") == 6
    assert "| latest | 1 |" in then


@on_sqlite
async def test_what_can_not_be_answered(api: API) -> None:
    await api.log()
    ask = (
        "query ($n: String!, $most: Int) { impact(of: {name: $n}, most: $most) { runs nodes(first: %d) { distance } } }"
    )
    assert (await api.ask(ask % 1, n="local/zoo/data", most=1))["impact"] == {"runs": 0, "nodes": []}
    assert (await api.error(ask % 1, n="local/zoo/none:v0", most=1))[0] == "NOT_FOUND"
    assert (await api.error(ask % 1, n="local/zoo/data", most=0))[0] == "BAD_USER_INPUT"
    assert (await api.error(ask % 1001, n="local/zoo/data", most=1))[0] == "BAD_USER_INPUT"
    ask = """{ impact(of: {name: "local/zoo/data"}) {
        aliases(from: "2026-02-02T00:00:00Z", until: "2026-02-01T00:00:00Z") { name } } }"""
    assert (await api.error(ask))[0] == "BAD_USER_INPUT"


async def test_who_may_not_see_a_project_learns_nothing_of_it(api: API) -> None:
    house = api.house
    await house.log()
    await house.do(projects.ensure_project, "local", "secret")
    for project in ("zoo", "secret"):
        run = await house.do(runs.create_run, f"local/{project}", "user")
        await house.do(lineage.use_artifact, run.id, "local/zoo/data:latest", requested_as=project)
        await house.log(f"local/{project}/model", project, run=run.id)
        await house.do(aliases.set_alias, f"local/{project}/model", "v0", f"of-{project}")
    await house.do(projects.update_project, "local/secret", visibility=Visibility.RESTRICTED)
    guest = (await house.user("guest")).actor
    ask = """{ impact(of: {name: "local/zoo/data:v0"}) { runs artifacts counts { count } requested { requestedAs }
        aliases { name } uses { requestedAs } report } }"""
    seen = [(house.actor, {"zoo", "secret"}), (guest, {"zoo"})]
    for (who, names), planned in product(seen, (True, False)):
        found = (await api.execute(ask, planned, who))[0]["impact"]
        assert (found["runs"], found["artifacts"]) == (len(names), len(names))
        assert [each["count"] for each in found["counts"]] == [len(names)] * 2
        assert {each["name"] for each in found["aliases"]} == {"latest"} | {f"of-{name}" for name in names}
        assert {each["requestedAs"] for each in found["requested"]} == names
        assert {each["requestedAs"] for each in found["uses"]} == names
        assert ("secret" in found["report"]) == ("secret" in names)
