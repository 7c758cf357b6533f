"""Playing the demo through the public GraphQL API: what any client may do, and nothing else.

The server's clock gives the times. With an admin's key each person of the demo gets a key for its own part, revoked
at the end; on a server that asks for no key the local user plays all of them.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import httpx

from gqlregistry.demo import steps
from gqlregistry.demo.script import ADMIN, MAY_BE_THERE, Step
from gqlregistry.errors import Conflict, ErrorCode, RegistryError, Unauthenticated, Unavailable

_AT_ONCE = 40
_TIMEOUT = httpx.Timeout(60)
_ERRORS = "errors { code message field }"
_MADE_KEYS = """mutation Key($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { secret apiKey { id } errors { code message field } }
}"""


async def play(url: str, key: str | None = None, transport: httpx.AsyncBaseTransport | None = None) -> bool:
    """Make the demo on the server at `url`. Answers False where it is already, and then changes nothing.

    Raises `Unavailable` when the server can't be reached, or the error that it answered.
    """
    script = steps()
    base = url.rstrip("/").removesuffix("/graphql")
    async with httpx.AsyncClient(base_url=base, transport=transport, timeout=_TIMEOUT) as http:
        admin = _Player(http, key)
        try:
            await admin.play(script[:1])
        except Conflict:
            return False
        cast = _Cast(admin)
        try:
            for actor, part in groupby(script[1:], key=lambda step: step.actor):
                player = admin if actor == ADMIN or key is None else await cast.player(actor)
                await player.play(list(part))
        finally:
            await cast.leave()
    return True


class _Player:
    """Somebody with a key, or nobody with none."""

    def __init__(self, http: httpx.AsyncClient, key: str | None) -> None:
        self.http = http
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def play(self, part: Sequence[Step]) -> None:
        """Play steps in their order, many in one request."""
        for scene in _scenes(part):
            operation, variables = _operation(scene)
            answers = await self.ask(operation, variables)
            for number, step in enumerate(scene):
                answer = answers[f"s{number}"]
                _require_no_errors(answer, step.mutation)
                if step.contents and answer["uploads"]:
                    await self._upload(step, answer)

    async def ask(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Send one operation; answer its data."""
        body = {"query": query, "variables": variables}
        try:
            response = await self.http.post("/graphql", json=body, headers=self._headers)
            answer = response.json()
        except httpx.HTTPError as error:
            raise Unavailable(f"{self.http.base_url} can't be reached: {error or type(error).__name__}") from error
        except ValueError as error:
            raise Unavailable(f"{self.http.base_url} answers, but is no gqlregistry server") from error
        if answer.get("errors"):
            first = answer["errors"][0]
            _fail(first.get("extensions", {}).get("code"), first["message"])
        data: dict[str, Any] = answer["data"]
        return data

    async def _upload(self, step: Step, logged: dict[str, Any]) -> None:
        for upload in logged["uploads"]:
            response = await self.http.put(upload["url"], content=step.contents[upload["digest"]])
            response.raise_for_status()
        commit = f"mutation Commit($input: CommitArtifactInput!) {{ commitArtifact(input: $input) {{ {_ERRORS} }} }}"
        answer = await self.ask(commit, {"input": {"artifact": logged["artifact"]["id"]}})
        _require_no_errors(answer["commitArtifact"], "commitArtifact")


class _Cast:
    """The people of the demo, each with a key made by the admin."""

    def __init__(self, admin: _Player) -> None:
        self._admin = admin
        self._players: dict[str, _Player] = {}
        self._keys: list[str] = []

    async def player(self, name: str) -> _Player:
        """The player of that name, with a key."""
        if name not in self._players:
            input = {"owner": {"name": name}, "label": "the demo"}
            made = (await self._admin.ask(_MADE_KEYS, {"input": input}))["createApiKey"]
            _require_no_errors(made, "createApiKey")
            self._keys.append(made["apiKey"]["id"])
            self._players[name] = _Player(self._admin.http, made["secret"])
        return self._players[name]

    async def leave(self) -> None:
        """Revoke all the keys."""
        revoke = f"mutation Revoke($input: RevokeApiKeyInput!) {{ revokeApiKey(input: $input) {{ {_ERRORS} }} }}"
        for id in self._keys:
            _require_no_errors(
                (await self._admin.ask(revoke, {"input": {"apiKey": id}}))["revokeApiKey"], "revokeApiKey"
            )


def _scenes(part: Sequence[Step]) -> Iterator[list[Step]]:
    """Steps that can share a request: an artifact whose bytes must follow ends one."""
    scene: list[Step] = []
    for step in part:
        scene.append(step)
        if step.contents or len(scene) == _AT_ONCE:
            yield scene
            scene = []
    if scene:
        yield scene


def _operation(scene: Sequence[Step]) -> tuple[str, dict[str, Any]]:
    """One operation of several mutations, each with its input as a variable."""
    variables, fields, inputs = [], [], {}
    for number, step in enumerate(scene):
        asked = f"artifact {{ id }} uploads {{ digest url }} {_ERRORS}" if step.contents else _ERRORS
        variables.append(f"$i{number}: {_input_type(step.mutation)}!")
        fields.append(f"  s{number}: {step.mutation}(input: $i{number}) {{ {asked} }}")
        inputs[f"i{number}"] = step.input
    return f"mutation Demo({', '.join(variables)}) {{\n" + "\n".join(fields) + "\n}", inputs


def _input_type(mutation: str) -> str:
    return "TagInput" if mutation == "addTag" else f"{mutation[0].upper()}{mutation[1:]}Input"


def _require_no_errors(answer: dict[str, Any], mutation: str) -> None:
    for error in answer["errors"]:
        if not (error["code"] == ErrorCode.CONFLICT and mutation in MAY_BE_THERE):
            _fail(error["code"], f"{mutation}: {error['message']}")


def _fail(code: str | None, message: str) -> None:
    for kind in (Conflict, Unauthenticated, Unavailable):
        if code == kind.code:
            raise kind(message)
    raise RegistryError(message)
