"""Many objects at once, with all that the client asks of each: a few statements a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlmodel import Session, col, func, select

from gqlregistry.errors import Conflict, NotFound
from gqlregistry.registry import drafts, find, permissions
from gqlregistry.registry.names import DEFAULT_REF
from gqlregistry.store import tables
from gqlregistry.store.tables import CollectionKind, EntityKind, Role
from gqlregistry.wandb import connections, labels, listings, objects, people
from gqlregistry.wandb import project as project_types
from gqlregistry.wandb import registries as registry_types
from gqlregistry.wandb import run as run_types
from gqlregistry.wandb.paging import Listing, Page, PageInfo, page
from gqlregistry.wandb.places import Place

BATCH = 1000


def collections(session: Session, ids: Iterable[int]) -> dict[int, objects.ArtifactCollection]:
    """Collections by key, in the order of the keys."""
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: row for row in _rows(session, tables.Collection, tables.Collection.id, wanted)}
    homes = projects(session, {Place.of(row) for row in rows.values()})
    tags = defaultdict(list)
    for tag in _rows(session, tables.CollectionTag, tables.CollectionTag.collection_id, wanted):
        tags[tag.collection_id].append(tag.name)
    kinds: dict[CollectionKind, type[objects.ArtifactCollection]] = {
        CollectionKind.SOURCE: objects.ArtifactSequence,
        CollectionKind.REGISTRY: objects.ArtifactPortfolio,
    }
    return {
        id: kinds[rows[id].kind].of(rows[id], homes.get(Place.of(rows[id])), tags[id]) for id in wanted if id in rows
    }


def artifacts(session: Session, ids: Iterable[int]) -> dict[int, objects.Artifact]:
    """Artifacts by key, in the order of the keys."""
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: row for row in _rows(session, tables.Artifact, tables.Artifact.id, wanted)}
    held = _aliases(session, tables.Membership.artifact_id, wanted)
    shown = _published(session, rows.values())
    homes = collections(
        session,
        [
            *(row.collection_id for row in rows.values()),
            *(member.collection_id for member in shown.values()),
            *(alias.collection_id for alias, _ in held),
        ],
    )
    aliases, tags = defaultdict(list), defaultdict(list)
    for alias, member in held:
        aliases[member.artifact_id].append(objects.ArtifactAlias.of(alias, homes[alias.collection_id]))
    for tag in _rows(session, tables.ArtifactTag, tables.ArtifactTag.artifact_id, wanted):
        tags[tag.artifact_id].append(labels.Tag.of(tag.name))
    found = {}
    for id in wanted:
        if id in rows:
            row, published = rows[id], shown.get(id)
            if published is None:
                home, number = cast(objects.ArtifactSequence, homes[row.collection_id]), row.version_index
            else:
                home = objects.ArtifactSequence.of(homes[published.collection_id].row, None, ())
                number = published.version_index
            found[id] = objects.Artifact.of(row, home, number, aliases[id], tags[id])
    return found


def _published(session: Session, rows: Iterable[tables.Artifact]) -> dict[int, tables.Membership]:
    """Of versions whose own collection is hidden from who asks, the place in a registry by which they are seen."""
    if permissions.sees_all(session):
        return {}
    homes = {row.collection_id for row in rows}
    known = {row.id for row in _rows(session, tables.Collection, tables.Collection.id, list(homes))}
    apart = [row.id for row in rows if row.collection_id not in known]
    members = _rows(session, tables.Membership, tables.Membership.artifact_id, apart)
    ordered = sorted(members, key=lambda member: (member.removed_at is not None, member.id), reverse=True)
    return {member.artifact_id: member for member in ordered}


def memberships(session: Session, ids: Iterable[int]) -> dict[int, objects.ArtifactCollectionMembership]:
    """Memberships by key, in the order of the keys."""
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: row for row in _rows(session, tables.Membership, tables.Membership.id, wanted)}
    versions = artifacts(session, [row.artifact_id for row in rows.values()])
    homes = collections(session, [row.collection_id for row in rows.values()])
    aliases = defaultdict(list)
    for alias, member in _aliases(session, tables.Membership.id, wanted):
        aliases[member.id].append(objects.ArtifactAlias.of(alias, homes[alias.collection_id]))
    return {
        id: objects.ArtifactCollectionMembership.of(
            rows[id], homes[rows[id].collection_id], versions[rows[id].artifact_id], aliases[id]
        )
        for id in wanted
        if id in rows
    }


def artifact(session: Session, id: int) -> objects.Artifact | None:
    """A version, or what a draft has come to."""
    meant = drafts.meant_by(session, id)
    return artifacts(session, [meant]).get(meant)


def collection(session: Session, id: int) -> objects.ArtifactCollection | None:
    """A collection by key."""
    return collections(session, [id]).get(id)


def membership(session: Session, id: int) -> objects.ArtifactCollectionMembership:
    """A membership by key, which is there."""
    return memberships(session, [id])[id]


def collection_named(session: Session, place: Place, name: str) -> objects.ArtifactCollection | None:
    """A place's collection of that name, or former name."""
    key = session.exec(place.collection_id(name)).first()
    return None if key is None else collection(session, key)


def member_named(session: Session, home: tables.Collection, ref: str) -> objects.ArtifactCollectionMembership | None:
    """A collection's version by alias, number or digest."""
    try:
        return membership(session, find.member(session, home, ref).id)
    except (NotFound, Conflict):
        return None


def version_named(session: Session, place: Place, name: str) -> objects.ArtifactCollectionMembership | None:
    """A place's version by `collection:ref`; without a ref, the latest."""
    head, _, ref = name.partition(":")
    home = collection_named(session, place, head)
    return None if home is None else member_named(session, home.row, ref or DEFAULT_REF)


def projects(session: Session, wanted: Iterable[Place]) -> dict[Place, project_types.Project]:
    """Projects and registries, each with the namespace that it is in."""
    places = list(wanted)
    found: dict[Place, tuple[Any, int]] = {}
    ids = [place.project_id for place in places if place.project_id is not None]
    for row in _rows(session, tables.Project, tables.Project.id, ids):
        found[Place(project_id=row.id)] = (row, row.entity_id)
    ids = [place.registry_id for place in places if place.registry_id is not None]
    owners = {row.id: row.entity_id for row in session.exec(select(tables.Organization))} if ids else {}
    for row in _rows(session, tables.Registry, tables.Registry.id, ids):
        found[Place(registry_id=row.id)] = (row, owners[row.organization_id])
    owning = list({entity for _, entity in found.values()})
    entities = {row.id: row for row in _rows(session, tables.Entity, tables.Entity.id, owning)}
    return {
        place: project_types.Project.of(place, found[place][0], people.Entity.of(entities[found[place][1]]))
        for place in places
        if place in found
    }


def project(session: Session, place: Place) -> project_types.Project | None:
    """A project or registry."""
    return projects(session, [place]).get(place)


def project_page(
    session: Session, listing: Listing, first: int | None, after: str | None, order: str | None
) -> project_types.ProjectConnection:
    """A page of projects."""
    found = page(session, listing, first, after, order)
    return _projects(session, found, [Place(project_id=key) for key in found.keys])


def registry_page(
    session: Session, listing: Listing, first: int | None, after: str | None, order: str | None
) -> project_types.ProjectConnection:
    """A page of registries."""
    found = page(session, listing, first, after, order)
    return _projects(session, found, [Place(registry_id=key) for key in found.keys])


def members(session: Session, place: Place) -> list[registry_types.ProjectMember]:
    """The users that have a role in a place."""
    return [registry_types.ProjectMember.of(row, role) for row, role in _roles(session, place, EntityKind.USER)]


def team_members(session: Session, place: Place) -> list[registry_types.ProjectTeamMember]:
    """The teams that have a role in a place."""
    return [
        registry_types.ProjectTeamMember(team=people.Entity.of(row), role=registry_types.MemberRole.of(role))
        for row, role in _roles(session, place, EntityKind.TEAM)
    ]


def _roles(session: Session, place: Place, kind: EntityKind) -> list[tuple[tables.Entity, Role]]:
    found = (
        select(tables.Entity, tables.Member.role)
        .join(tables.Member, col(tables.Member.entity_id) == tables.Entity.id)
        .where(place.holds(tables.Member), tables.Entity.kind == kind)
        .order_by(col(tables.Member.id))
    )
    return [(row, Role(role)) for row, role in session.exec(found)]


def creator(session: Session, version: tables.Artifact) -> run_types.Run | people.User | None:
    """The run that logged a version first, or else who did."""
    if version.run_id is not None:
        return runs(session, [version.run_id]).get(version.run_id)
    who = session.get(tables.Entity, version.created_by_id)
    return None if who is None else people.User.of(who)


def user(session: Session, id: int) -> people.User | None:
    """A user by key."""
    row = session.get(tables.Entity, id)
    return None if row is None else people.User.of(row)


def users(session: Session, version: int) -> run_types.RunConnection:
    """The runs that used a version, in order."""
    Input = tables.RunInput
    ids = session.exec(select(Input.run_id).where(Input.artifact_id == version).order_by(col(Input.created_at))).all()
    edges = [run_types.RunEdge(node=run) for run in runs(session, ids).values() if run.row.deleted_at is None]
    return run_types.RunConnection(page_info=PageInfo.whole(), edges=edges)


def runs(session: Session, ids: Iterable[int]) -> dict[int, run_types.Run]:
    """Runs by key, in the order of the keys, each with its project."""
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: row for row in _rows(session, tables.Run, tables.Run.id, wanted)}
    homes = projects(session, {Place(project_id=row.project_id) for row in rows.values()})
    return {id: run_types.Run.of(rows[id], homes[Place(project_id=rows[id].project_id)]) for id in wanted if id in rows}


def run_page(
    session: Session, keys: Sequence[int], cursors: Sequence[str], page_info: PageInfo
) -> run_types.RunConnection:
    """A page of runs, each with its cursor."""
    found = runs(session, keys)
    edges = [run_types.RunEdge(node=found[key], cursor=cursor) for key, cursor in zip(keys, cursors, strict=True)]
    return run_types.RunConnection(page_info=page_info, edges=edges)


def run_named(session: Session, place: Place, name: str) -> run_types.Run | None:
    """A project's run of that name."""
    named = select(tables.Run.id).where(tables.Run.project_id == place.project_id, tables.Run.name == name)
    key = session.exec(named.where(col(tables.Run.deleted_at).is_(None))).first()
    return None if key is None else runs(session, [key])[key]


def types_of(session: Session, place: Place) -> list[objects.ArtifactType]:
    """The types of a place's collections, by name."""
    Collection = tables.Collection
    found = (
        select(Collection.type, func.min(Collection.created_at))
        .where(place.holds(), col(Collection.deleted_at).is_(None))
        .group_by(Collection.type)
        .order_by(Collection.type)
    )
    return [objects.ArtifactType.of(place, name, created_at) for name, created_at in session.exec(found)]


def collection_page(
    session: Session, listing: Listing, first: int | None, after: str | None, order: str | None
) -> connections.ArtifactCollectionConnection:
    """A page of collections."""
    found = page(session, listing, first, after, order)
    nodes = collections(session, found.keys).values()
    return connections.ArtifactCollectionConnection(
        listing=listing,
        page_info=PageInfo.of(found),
        edges=[connections.ArtifactCollectionEdge(node=node) for node in nodes],
    )


def version_page(
    session: Session, listing: Listing, first: int | None, after: str | None, order: str | None
) -> connections.VersionedArtifactConnection:
    """A page of a collection's versions."""
    found = page(session, listing, first, after, order)
    nodes = memberships(session, found.keys).values()
    return connections.VersionedArtifactConnection(
        listing=listing,
        page_info=PageInfo.of(found),
        edges=[
            connections.VersionedArtifactEdge(version=f"v{node.version_index}", node=node.artifact) for node in nodes
        ],
    )


def membership_page(
    session: Session, listing: Listing, first: int | None, after: str | None, order: str | None
) -> connections.ArtifactCollectionMembershipConnection:
    """A page of memberships."""
    found = page(session, listing, first, after, order)
    nodes = memberships(session, found.keys).values()
    return connections.ArtifactCollectionMembershipConnection(
        listing=listing,
        page_info=PageInfo.of(found),
        edges=[connections.ArtifactCollectionMembershipEdge(node=node) for node in nodes],
    )


def artifact_page(
    session: Session, listing: Listing, first: int | None, after: str | None
) -> connections.ArtifactConnection:
    """A page of what a run used or logged."""
    found = page(session, listing, first, after)
    return connections.ArtifactConnection(
        listing=listing,
        page_info=PageInfo.of(found),
        edges=[connections.ArtifactEdge(node=node) for node in artifacts(session, found.keys).values()],
    )


def alias_page(
    session: Session, home: objects.ArtifactCollection, first: int | None, after: str | None
) -> connections.ArtifactAliasConnection:
    """A page of a collection's aliases."""
    found = page(session, listings.aliases(home.row.id), first, after)
    rows = sorted(_rows(session, tables.Alias, tables.Alias.id, found.keys), key=lambda row: row.id)
    edges = [connections.ArtifactAliasEdge(node=objects.ArtifactAlias.of(row, home)) for row in rows]
    return connections.ArtifactAliasConnection(page_info=PageInfo.of(found), edges=edges)


def _projects(session: Session, found: Page, places: Sequence[Place]) -> project_types.ProjectConnection:
    edges = [project_types.ProjectEdge(node=node) for node in projects(session, places).values()]
    return project_types.ProjectConnection(page_info=PageInfo.of(found), edges=edges)


def _aliases(session: Session, key: Any, ids: Sequence[int]) -> list[tuple[tables.Alias, tables.Membership]]:
    """Aliases with the members that hold them, by name."""
    held = select(tables.Alias, tables.Membership).join(
        tables.Membership, col(tables.Membership.id) == tables.Alias.membership_id
    )
    found = [pair for some in _batches(ids) for pair in session.exec(held.where(col(key).in_(some)))]
    return sorted(((alias, member) for alias, member in found), key=lambda pair: pair[0].name)


def _rows(session: Session, table: Any, key: Any, ids: Sequence[int]) -> list[Any]:
    return [row for some in _batches(ids) for row in session.exec(select(table).where(col(key).in_(some)))]


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
