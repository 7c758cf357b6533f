"""A server on which half of the events and artifacts and a third of the runs are hidden: nothing of them is ever sent.

A process of its own, `python -m tests.live.hidden FOLDER`, since statements that were built before stay as they are.
Says how many events were sent, of how many.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from sqlmodel import func, select

from gqlregistry import logs
from gqlregistry.plan import visibility
from gqlregistry.plan.columns import col
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import keys, people
from gqlregistry.settings import Settings
from gqlregistry.store.tables import ActionEvent, Artifact, Run
from tests.live.subscribers import Messages, Server, over_sse, over_websocket
from tests.serving import listening

QUERIES = (
    "actionEvents(after: $after) { cursor node { id kind artifact { id name } run { id } } }",
    # A member of a collection must have its artifact, and one of them is hidden: the executor answers, with an error.
    "all: actionEvents(after: $after) { node { id collection { versions { nodes { artifact { id } } } } } }",
)
HIDDEN = [encode_id("Artifact")(key) for key in range(1, 99, 2)] + [encode_id("Run")(key) for key in range(3, 99, 3)]
NODES = "lineageChanged(node: $node) { nodes { __typename name ... on Node { id } } }"


async def watch(folder: Path) -> tuple[int, int]:
    """How many events were sent to one subscriber, and how many there are."""
    visibility.RULES.clear()
    visibility.RULES[ActionEvent] = lambda table, viewer: col(table.id) % 2 == 0
    visibility.RULES[Artifact] = lambda table, viewer: col(table.id) % 2 == 0
    visibility.RULES[Run] = lambda table, viewer: col(table.id) % 3 != 0
    settings = Settings(data=folder)
    sent = 0
    async with listening(settings) as (url, services):
        server = Server(url, services)
        house = server.house
        await house.project()
        await house.do(people.create_user, "eve")
        _, secret = await house.do(keys.create_key, "eve", "eve")
        headers = {"authorization": f"Bearer {secret}"}
        run = await house.run("first")
        for number in range(6):
            await house.log(content=str(number), run=run.id)
        for follow in (over_websocket, over_sse):
            for query in QUERIES:
                async with follow(url, f"subscription ($after: String) {{ {query} }}", headers, after="") as messages:
                    await house.do(people.create_team, f"team-{sent}-{len(query)}")
                    async with asyncio.timeout(20):
                        sent = await count(messages, await newest(server))
        await maps(server, headers)
        return sent, await newest(server)


async def newest(server: Server) -> int:
    statement = select(func.max(ActionEvent.id))
    return await server.services.database.write(lambda session: session.exec(statement).one())


async def count(messages: Messages, last: int) -> int:
    """Receive up to the last event that may be seen; each must be one that may."""
    last -= last % 2
    seen: list[int] = []
    while not seen or seen[-1] < last:
        answer = await messages.next()
        (found,) = answer["data"].values()
        seen.append(decode_id(found["node"]["id"])[1])
        check(answer)
    if any(key % 2 for key in seen) or seen != list(range(2, last + 1, 2)):
        raise SystemExit(f"these were sent: {seen}")
    return len(seen)


async def maps(server: Server, headers: dict[str, str]) -> None:
    """A map has no hidden node, and a hidden node has no map."""
    query = f"subscription ($node: ID!) {{ {NODES} }}"
    for kind in ("Artifact", "Run"):
        async with over_sse(server.url, query, headers, node=encode_id(kind)(2)) as messages:
            answer = await messages.next()
            if kind == "Artifact" and len(answer["data"]["lineageChanged"]["nodes"]) < 2:
                raise SystemExit(f"not worth looking at: {answer}")
            check(answer)
    async with over_sse(server.url, query, headers, node=encode_id("Artifact")(1)) as messages:
        if (answer := await messages.next())["errors"][0]["extensions"]["code"] != "NOT_FOUND":
            raise SystemExit(f"a hidden node has a map: {answer}")


def check(answer: Any) -> None:
    """No hidden id is in an answer."""
    text = json.dumps(answer)
    shown = [id for id in HIDDEN if f'"{id}"' in text]
    if shown:
        raise SystemExit(f"{shown} are shown: {text}")


def main() -> None:
    """The command."""
    logs.configure("error", "json")
    sent, there = asyncio.run(watch(Path(sys.argv[1])))
    sys.stdout.write(f"{sent} {there}\n")


if __name__ == "__main__":
    main()
