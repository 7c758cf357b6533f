"""Projects and registries: to the client both are projects, with one series of numbers for their ids."""

from dataclasses import dataclass
from typing import Any, Self

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from gqlregistry.errors import NotFound
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import permissions
from gqlregistry.registry.find import checked
from gqlregistry.registry.names import REGISTRY_PREFIX, ProjectName, quoted
from gqlregistry.registry.resolve import collection_where, project_id, registry_id
from gqlregistry.store.tables import Collection

_id = encode_id("Project")


@dataclass(frozen=True, slots=True)
class Place:
    """A project or a registry, by key."""

    project_id: int | None = None
    registry_id: int | None = None

    @classmethod
    def of(cls, collection: Collection) -> Self:
        """Where a collection is."""
        return cls(collection.project_id, collection.registry_id)

    @classmethod
    def numbered(cls, number: int) -> Self:
        """The place of an id's number."""
        key, is_registry = divmod(number, 2)
        return cls(registry_id=key) if is_registry else cls(project_id=key)

    @classmethod
    def decoded(cls, id: str, field: str = "id") -> Self:
        """The place of an id."""
        return cls.numbered(decode_id(id, "Project", field=field)[1])

    @property
    def id(self) -> str:
        """Its id."""
        return _id(self.number)

    @property
    def number(self) -> int:
        """The number in its id: even for projects, odd for registries."""
        return 2 * self.project_id if self.project_id is not None else 2 * (self.registry_id or 0) + 1

    def holds(self, table: Any = Collection) -> Any:
        """The rows of a table that are in this place."""
        if self.project_id is not None:
            return col(table.project_id) == self.project_id
        return col(table.registry_id) == self.registry_id

    def collection_id(self, name: str) -> SelectOfScalar[int]:
        """The id of its collection of that name, or former name."""
        return collection_where(self.holds, checked(name, "name"))


def place_named(session: Session, entity: str, name: str) -> Place | None:
    """The place that the client calls so, if who asks sees one: `org/wandb-registry-model`, or `team/project`."""
    checked(entity, "entityName")
    checked(name, "projectName")
    if name.startswith(REGISTRY_PREFIX):
        key = session.exec(registry_id(entity, name.removeprefix(REGISTRY_PREFIX))).first()
        return Place(registry_id=key) if key is not None and permissions.sees_registry(session, key) else None
    key = session.exec(project_id(ProjectName(entity, name))).first()
    return Place(project_id=key) if key is not None and permissions.sees_project(session, key) else None


def require_place(session: Session, entity: str, name: str) -> Place:
    """As `place_named`. Raises `NotFound`."""
    found = place_named(session, entity, name)
    if found is None:
        raise NotFound(f"no project {entity}/{name}", "projectName")
    return found


def require_collection(session: Session, entity: str, project: str, name: str) -> int:
    """The key of a collection of a place, by its name or a former one. Raises `NotFound`."""
    key = session.exec(require_place(session, entity, project).collection_id(name)).first()
    if key is None:
        raise NotFound(f"no collection {quoted(name)}", "artifactCollectionName")
    return key
