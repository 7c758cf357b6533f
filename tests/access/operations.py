"""Everything that can be asked of a server, each as somebody tries it on the secret project or registry.

An operation takes the world and a role, makes what it needs as the server, and answers how the attempt went.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from gqlregistry.registry import aliases, artifacts, keys, people, projects, runs, webhooks
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.registry.people import Scope
from gqlregistry.registry.reach import Reach
from gqlregistry.store.tables import Entity, Role, Visibility
from tests.access.world import (
    BYTES,
    MD5,
    PROJECT,
    REGISTRY,
    TEAM,
    World,
    gid,
    outcome,
)

Operation = Callable[[World, str], Awaitable[str]]

OPERATIONS: dict[str, Operation] = {}


def operation(name: str) -> Callable[[Operation], Operation]:
    """Declare how an operation is tried."""

    def declare(attempt: Operation) -> Operation:
        assert name not in OPERATIONS, name
        OPERATIONS[name] = attempt
        return attempt

    return declare


def asking(name: str, query: str, found: Callable[[Any], Any]) -> None:
    """A question whose text needs nothing from the world."""
    OPERATIONS[name] = lambda w, role: w.ask(role, query, found)


def tells(text: str) -> Callable[[Any], bool]:
    """Whether the answer has a text in it."""
    return lambda data: text in str(data)


V = f"{PROJECT}/zoo:v0"
asking("query artifact", f'{{ it: artifact(ref: {{name: "{V}"}}) {{ name }} }}', tells("crew/zoo/zoo:v0"))
asking("query run", f'{{ it: run(ref: {{name: "{PROJECT}/secret-run"}}) {{ path }} }}', tells("secret-run"))
asking("query project", f'{{ it: project(ref: {{name: "{PROJECT}"}}) {{ path }} }}', tells(PROJECT))
asking("query registry", f'{{ it: registry(ref: {{name: "{REGISTRY}"}}) {{ name }} }}', tells(REGISTRY))
asking("query collection", f'{{ it: collection(ref: {{name: "{REGISTRY}/zoo"}}) {{ path }} }}', tells("vault/zoo"))
asking("query artifacts", "{ artifacts(first: 100) { totalCount nodes { name } } }", lambda d: d["artifacts"]["nodes"])
asking("query runs", "{ runs(first: 100) { totalCount nodes { path } } }", lambda d: d["runs"]["totalCount"])
asking("query collections", "{ collections(first: 100) { totalCount } }", lambda d: d["collections"]["totalCount"])
asking("query projects", "{ projects(first: 100) { nodes { path } } }", tells(PROJECT))
asking("query registries", "{ registries(first: 100) { nodes { name } } }", tells(f"'{REGISTRY}'"))
asking("query users", "{ users(first: 100) { nodes { name } } }", tells("'local'"))
asking("query search", '{ search(text: "secret-run") { totalCount nodes { name } } }', tells("secret-run"))
asking("query actionEvents", "{ actionEvents(first: 100) { nodes { collection { path } } } }", tells("/zoo"))
asking("query impact", f'{{ impact(of: {{name: "{V}"}}) {{ runs artifacts }} }}', lambda d: d["impact"])
asking("query savedQuestions", "{ savedQuestions { name } }", lambda d: d["savedQuestions"] == [])
asking("query viewer", "{ viewer { username } }", lambda d: d["viewer"])
asking("query rateLimit", "{ rateLimit { remaining } }", lambda d: "rateLimit" in d)
asking("query serverInfo", "{ serverInfo { version } }", lambda d: d["serverInfo"])
asking(
    "events of users and keys",
    "{ actionEvents(first: 100, filter: {kinds: [USER_CREATED, API_KEY_CREATED]}) { nodes { subject { name } } } }",
    tells("'local'"),
)


@operation("query node")
async def _(w: World, role: str) -> str:
    run = await w.run()
    return await w.ask(role, "query ($id: ID!) { node(id: $id) { id } }", lambda d: d["node"], id=gid("Run", run.id))


@operation("query nodes")
async def _(w: World, role: str) -> str:
    run = await w.run()
    query = "query ($id: ID!) { nodes(ids: [$id]) { id } }"
    return await w.ask(role, query, lambda d: d["nodes"][0], id=gid("Run", run.id))


READS = {
    "Artifact.lineage": (f'{{ artifact(ref: {{name: "{V}"}}) {{ lineage {{ nodes {{ name }} }} }} }}', "secret-run"),
    "Artifact.provenance": (
        f'{{ artifact(ref: {{name: "{V}"}}) {{ provenance {{ markdown }} }} }}',
        "secret-run",
    ),
    "Artifact.lineageDiff": (
        f'{{ artifact(ref: {{name: "{V}"}}) {{ lineageDiff(to: {{name: "{PROJECT}/data:v0"}}) {{ common }} }} }}',
        "common",
    ),
    "Artifact.inputs": (f'{{ artifact(ref: {{name: "{V}"}}) {{ inputs {{ nodes {{ name }} }} }} }}', "secret-run"),
    "Run.inputs": (f'{{ run(ref: {{name: "{PROJECT}/secret-run"}}) {{ inputs {{ nodes {{ name }} }} }} }}', "data:v0"),
    "Artifact.memberships": (
        f'{{ artifact(ref: {{name: "{V}"}}) {{ memberships {{ nodes {{ name }} }} }} }}',
        "vault/zoo:v0",
    ),
    "Artifact.files": (f'{{ artifact(ref: {{name: "{V}"}}) {{ files {{ nodes {{ path url }} }} }} }}', "secret.txt"),
    "Artifact.diff": (
        f'{{ artifact(ref: {{name: "{V}"}}) {{ diff(to: {{name: "{PROJECT}/data:v0"}}) {{ identical }} }} }}',
        "identical",
    ),
    "Registry.members": (f'{{ registry(ref: {{name: "{REGISTRY}"}}) {{ members {{ role }} }} }}', "ADMIN"),
    "Collection.actionHistory": (
        f'{{ collection(ref: {{name: "{REGISTRY}/zoo"}}) {{ actionHistory {{ nodes {{ kind }} }} }} }}',
        "VERSION_ADDED",
    ),
    "Collection.alias": (
        f'{{ collection(ref: {{name: "{REGISTRY}/zoo"}}) {{ alias(name: "latest") {{ history {{ version }} }} }} }}',
        "v0",
    ),
    "User.email of another": ("{ users(first: 100) { nodes { email } } }", "server-admin@example.org"),
    "User.apiKeys of another": (
        "{ users(first: 100) { nodes { name apiKeys { owner { name } } } } }",
        "'server-admin'}}]",
    ),
}
for _name, (_query, _text) in READS.items():
    asking(_name, _query, tells(_text))


def changing(mutation: str, input: Callable[[World], Awaitable[dict[str, Any]]], name: str | None = None) -> None:
    """A mutation of the public schema, on what `input` makes."""

    async def attempt(w: World, role: str) -> str:
        return await w.change(role, mutation, **await input(w))

    OPERATIONS[name or f"mutation {mutation}"] = attempt


def given(**input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """An input that needs nothing made; a function in it is called with the world."""

    async def make(w: World) -> dict[str, Any]:
        return {key: value(w) if callable(value) else value for key, value in input.items()}

    return make


def named(what: str) -> Callable[[World], str]:
    """A new name."""
    return lambda w: w.name(what)


async def _run_ref(w: World) -> dict[str, Any]:
    return {"run": {"id": gid("Run", (await w.run()).id)}}


async def _version_ref(w: World) -> dict[str, Any]:
    return {"artifact": {"id": gid("Artifact", (await w.version()).id)}}


async def _place(w: World) -> tuple[str, str]:
    link = await w.linked()
    return gid("Artifact", link.artifact.id), gid("Collection", link.collection.id)


changing("createRun", given(project={"name": PROJECT}, name=named("run")))
changing("updateRun", _run_ref)
changing("finishRun", _run_ref)
changing("deleteRun", _run_ref)


@operation("mutation useArtifact")
async def _(w: World, role: str) -> str:
    return await w.change(role, "useArtifact", **await _run_ref(w), **await _version_ref(w))


@operation("mutation useArtifacts")
async def _(w: World, role: str) -> str:
    version = (await _version_ref(w))["artifact"]
    return await w.change(role, "useArtifacts", **await _run_ref(w), artifacts=[version])


@operation("use a registry's version in a run of one's own")
async def _(w: World, role: str) -> str:
    user = w.users[role]
    await w.house.do(projects.ensure_project, user, "own")
    owner = (await w.house.look(lambda s: s.get_one(Entity, user))).name
    run = await w.house.do(runs.create_run, f"{owner}/own")
    name = f"{REGISTRY}/zoo:v0"
    return await w.change(role, "useArtifact", run={"id": gid("Run", run.id)}, artifact={"name": name})


def _elsewhere(w: World) -> list[dict[str, Any]]:
    return [{"path": "f", "digest": w.name(), "size": 1, "reference": "s3://bucket/key"}]


changing(
    "logArtifact", given(collection=lambda w: {"name": f"{PROJECT}/{w.name('c')}"}, type="model", files=_elsewhere)
)


@operation("mutation commitArtifact")
async def _(w: World, role: str) -> str:
    logged = await w.house.do(_pending, f"{PROJECT}/{w.name('c')}", w.name())
    return await w.change(role, "commitArtifact", artifact=gid("Artifact", logged))


def _pending(change: Change, collection: str, content: str) -> int:
    files = [File("f", content, 1, "s3://bucket/key")]
    return int(artifacts.log_artifact(change, None, collection, "model", files=files).artifact.id)


@operation("mutation updateArtifact")
async def _(w: World, role: str) -> str:
    return await w.change(role, "updateArtifact", **await _version_ref(w), metadata={"n": w.name()})


changing("deleteArtifact", _version_ref)


@operation("mutation addTag")
async def _(w: World, role: str) -> str:
    return await w.change(role, "addTag", **await _version_ref(w), tag="t")


@operation("mutation removeTag")
async def _(w: World, role: str) -> str:
    return await w.change(role, "removeTag", **await _version_ref(w), tag="t")


@operation("mutation linkArtifact")
async def _(w: World, role: str) -> str:
    return await w.change(
        role, "linkArtifact", **await _version_ref(w), collection={"name": f"{REGISTRY}/{w.name('r')}"}
    )


@operation("mutation unlinkArtifact")
async def _(w: World, role: str) -> str:
    artifact, collection = await _place(w)
    return await w.change(role, "unlinkArtifact", artifact={"id": artifact}, collection={"id": collection})


async def _alias(w: World, role: str, alias: str) -> str:
    _, collection = await _place(w)
    return await w.change(role, "setAlias", collection={"id": collection}, alias=alias, version="v0")


async def _no_alias(w: World, role: str, alias: str) -> str:
    link = await w.linked()
    await w.house.do(aliases.set_alias, link.collection.id, "v0", alias)
    collection = {"id": gid("Collection", link.collection.id)}
    return await w.change(role, "removeAlias", collection=collection, alias=alias)


OPERATIONS["mutation setAlias"] = lambda w, role: _alias(w, role, "candidate")
OPERATIONS["mutation removeAlias"] = lambda w, role: _no_alias(w, role, "candidate")
OPERATIONS["setAlias of a protected alias"] = lambda w, role: _alias(w, role, "production")
OPERATIONS["removeAlias of a protected alias"] = lambda w, role: _no_alias(w, role, "production")

changing("createProject", given(owner={"name": TEAM}, name=named("p")))


async def _project(w: World) -> dict[str, Any]:
    name = w.name("p")
    made = await w.house.do(projects.create_project, TEAM, name, None, Visibility.RESTRICTED)
    return {"project": {"id": gid("Project", made.id)}}


@operation("mutation updateProject")
async def _(w: World, role: str) -> str:
    return await w.change(role, "updateProject", **await _project(w), description="d")


@operation("updateProject of the visibility")
async def _(w: World, role: str) -> str:
    return await w.change(role, "updateProject", **await _project(w), visibility="ORGANIZATION")


changing("deleteProject", _project)
changing("createRegistry", given(name=named("r")))


@operation("mutation updateRegistry")
async def _(w: World, role: str) -> str:
    return await w.change(role, "updateRegistry", registry={"name": await w.registry()}, description="d")


@operation("updateRegistry of visibility, types or protected aliases")
async def _(w: World, role: str) -> str:
    name = await w.registry()
    tried = [
        await w.change(role, "updateRegistry", registry={"name": name}, protectedAliases=["x"]),
        await w.change(role, "updateRegistry", registry={"name": name}, artifactTypes=["model"]),
        await w.change(role, "updateRegistry", registry={"name": name}, visibility="ORGANIZATION"),
    ]
    assert len(set(tried)) == 1, tried
    return tried[0]


@operation("mutation deleteRegistry")
async def _(w: World, role: str) -> str:
    return await w.change(role, "deleteRegistry", registry={"name": await w.registry()})


changing("createCollection", given(name=named("c"), type="model", registry={"name": REGISTRY}))


async def _collection(w: World) -> dict[str, Any]:
    return {"collection": {"id": (await _place(w))[1]}}


@operation("mutation updateCollection")
async def _(w: World, role: str) -> str:
    return await w.change(role, "updateCollection", **await _collection(w), description=w.name())


changing("deleteCollection", _collection)
changing("createUser", given(name=named("u")))
changing("createTeam", given(name=named("t")))
changing("createOrganization", given(name=named("o")))


@operation("mutation deleteUser")
async def _(w: World, role: str) -> str:
    return await w.change(role, "deleteUser", user={"name": await w.user()})


@operation("mutation setMember")
async def _(w: World, role: str) -> str:
    input = {"entity": {"name": await w.user()}, "role": "VIEWER"}
    tried = [
        await w.change(role, "setMember", scope={"registry": {"name": REGISTRY}}, **input),
        await w.change(role, "setMember", scope={"project": {"name": PROJECT}}, **input),
    ]
    assert len(set(tried)) == 1, tried
    return tried[0]


@operation("mutation removeMember")
async def _(w: World, role: str) -> str:
    user = await w.user()
    await w.house.do(people.set_member, Scope(registry=REGISTRY), user, Role.VIEWER)
    return await w.change(role, "removeMember", scope={"registry": {"name": REGISTRY}}, entity={"name": user})


@operation("mutation createApiKey")
async def _(w: World, role: str) -> str:
    return await w.change(role, "createApiKey", owner={"id": gid("User", w.users[role])}, label="own", scope="WRITE")


@operation("createApiKey for another, or with the scope ADMIN")
async def _(w: World, role: str) -> str:
    mine = {"id": gid("User", w.users[role])}
    tried = [
        await w.change(role, "createApiKey", owner={"name": await w.user()}, label="x"),
        await w.change(role, "createApiKey", owner=mine, label="x", scope="ADMIN"),
    ]
    assert len(set(tried)) == 1, tried
    return tried[0]


@operation("mutation revokeApiKey")
async def _(w: World, role: str) -> str:
    key, _ = await w.house.do(keys.create_key, w.users[role], "own")
    return await w.change(role, "revokeApiKey", apiKey=gid("ApiKey", key.id))


@operation("revokeApiKey of another's")
async def _(w: World, role: str) -> str:
    key, _ = await w.house.do(keys.create_key, await w.user(), "own")
    return await w.change(role, "revokeApiKey", apiKey=gid("ApiKey", key.id))


HOOK = "https://hooks.example.com/secret-hook"


async def webhook(w: World) -> int:
    """A new webhook of a registry of its own."""
    made, _ = await w.house.do(webhooks.create_webhook, HOOK, Reach(), registry=await w.registry())
    return int(made.id)


@operation("query webhooks")
async def _(w: World, role: str) -> str:
    await webhook(w)
    return await w.ask(role, "{ webhooks(first: 100) { totalCount nodes { url } } }", tells("secret-hook"))


@operation("query node of a webhook, with its deliveries")
async def _(w: World, role: str) -> str:
    key = await webhook(w)
    await w.house.do(webhooks.ping_webhook, key)
    query = "query ($id: ID!) { node(id: $id) { ... on Webhook { url deliveries { nodes { state log { error } } } } } }"
    return await w.ask(role, query, lambda d: d["node"]["deliveries"]["nodes"], id=gid("Webhook", key))


@operation("query node of a webhook's delivery")
async def _(w: World, role: str) -> str:
    ping = await w.house.do(webhooks.ping_webhook, await webhook(w))
    query = "query ($id: ID!) { node(id: $id) { ... on WebhookDelivery { state log { error } } } }"
    return await w.ask(role, query, lambda d: d["node"], id=gid("WebhookDelivery", ping.id))


@operation("Registry.webhooks")
async def _(w: World, role: str) -> str:
    name = await w.registry()
    await w.house.do(webhooks.create_webhook, HOOK, Reach(), registry=name)
    query = "query ($name: String!) { registry(ref: {name: $name}) { webhooks { totalCount nodes { url } } } }"
    return await w.ask(role, query, lambda d: d["registry"]["webhooks"]["totalCount"], name=name)


@operation("mutation createWebhook")
async def _(w: World, role: str) -> str:
    return await w.change(role, "createWebhook", url=HOOK, registry={"name": await w.registry()})


@operation("createWebhook of a collection")
async def _(w: World, role: str) -> str:
    return await w.change(role, "createWebhook", url=HOOK, collection={"name": f"{PROJECT}/zoo"})


@operation("createWebhook of the whole server")
async def _(w: World, role: str) -> str:
    # Of few kinds: else all that follows would be sent, again and again.
    return await w.change(role, "createWebhook", url=HOOK, kinds=["API_KEY_REVOKED"])


@operation("mutation updateWebhook")
async def _(w: World, role: str) -> str:
    return await w.change(role, "updateWebhook", webhook=gid("Webhook", await webhook(w)), url=HOOK)


@operation("mutation deleteWebhook")
async def _(w: World, role: str) -> str:
    return await w.change(role, "deleteWebhook", webhook=gid("Webhook", await webhook(w)))


@operation("mutation replayWebhook")
async def _(w: World, role: str) -> str:
    return await w.change(role, "replayWebhook", webhook=gid("Webhook", await webhook(w)), after="")


@operation("mutation testWebhook")
async def _(w: World, role: str) -> str:
    return await w.change(role, "testWebhook", webhook=gid("Webhook", await webhook(w)))


@operation("mutation redeliverWebhook")
async def _(w: World, role: str) -> str:
    ping = await w.house.do(webhooks.ping_webhook, await webhook(w))
    return await w.change(role, "redeliverWebhook", delivery=gid("WebhookDelivery", ping.id))


@operation("GET of a link to a file")
async def _(w: World, role: str) -> str:
    url = w.services.links.download_url("http://localhost", f"md5:{MD5}", "secret.txt")
    return await w.get(role, url)


@operation("PUT to a link for a file")
async def _(w: World, role: str) -> str:
    url = w.services.links.upload_url("http://localhost", f"md5:{MD5}", len(BYTES))
    return outcome(await w.client.put(url, content=BYTES, headers=w.headers(role)))


@operation("POST of an OpenLineage event")
async def _(w: World, role: str) -> str:
    job = {"namespace": "airflow", "name": "etl"}
    event = {"eventTime": "2026-03-03T12:00:00Z", "run": {"runId": str(uuid4())}, "job": job}
    to = f"/api/v1/lineage?project={PROJECT}"
    return outcome(await w.client.post(to, json=event, headers=w.headers(role)))


@operation("subscription actionEvents")
async def _follow_events(w: World, role: str) -> str:
    query = """subscription ($in: CollectionRef!) { actionEvents(after: "", collection: $in) { node { kind } } }"""
    return await w.follow(role, query, **{"in": {"name": f"{PROJECT}/zoo"}})


@operation("subscription lineageChanged")
async def _follow_lineage(w: World, role: str) -> str:
    version = await w.version()
    query = "subscription ($node: ID!) { lineageChanged(node: $node) { nodes { name } } }"
    return await w.follow(role, query, node=gid("Artifact", version.id))
