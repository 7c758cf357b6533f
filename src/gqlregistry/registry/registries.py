"""Registries: they hold collections that versions are linked into, and say which types and who."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import select

from gqlregistry.errors import BadInput, Conflict
from gqlregistry.registry import events, find, people, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import REGISTRY_PREFIX, check_alias, check_name, check_type
from gqlregistry.registry.rows import insert_new
from gqlregistry.registry.values import UNSET, Unset, check_optional_text
from gqlregistry.store.tables import EventKind, Registry, Role, Visibility

MAX_LISTED = 100


def create_registry(
    change: Change,
    name: str,
    description: str | None = None,
    visibility: Visibility = Visibility.ORGANIZATION,
    artifact_types: Sequence[str] | None = None,
    protected_aliases: Sequence[str] = (),
    organization: Ref | None = None,
) -> Registry:
    """Add a registry; whoever makes it is its first admin. `artifact_types` None means any.

    A deleted one of that name comes back, with its collections' numbers going on. Raises `Conflict` when it is there.
    """
    session = change.session
    check_name(name, "a registry's name")
    if name.startswith(REGISTRY_PREFIX):
        raise BadInput(f"a registry's name does not start with {REGISTRY_PREFIX}: clients put that before it", "name")
    home = find.organization(session, organization)
    permissions.require_in_organization(session, home.id, Role.MEMBER)
    values: dict[str, Any] = {
        "description": check_optional_text(description, "a description", "description"),
        "visibility": visibility,
        "artifact_types": _types(artifact_types),
        "protected_aliases": _aliases(protected_aliases),
    }
    wanted = Registry(
        organization_id=home.id,
        name=name,
        created_at=change.now,
        created_by_id=change.actor.user_id,
        **values,
    )
    is_new = insert_new(session, wanted) > 0
    named = select(Registry).where(Registry.organization_id == home.id, Registry.name == name)
    registry = session.exec(named.with_for_update(key_share=True).execution_options(populate_existing=True)).one()
    if not is_new:
        if registry.deleted_at is None:
            raise Conflict(f"there is a registry {name} already", "name")
        registry.deleted_at = None
        _assign(registry, values)
    detail = {"name": name, **values, "visibility": visibility.value}
    events.record(change, EventKind.REGISTRY_CREATED, organization_id=home.id, registry_id=registry.id, detail=detail)
    people.make_admin_of(change, registry.id)
    return registry


def update_registry(
    change: Change,
    registry: Ref,
    name: str | Unset = UNSET,
    description: str | None | Unset = UNSET,
    visibility: Visibility | Unset = UNSET,
    artifact_types: Sequence[str] | None | Unset = UNSET,
    protected_aliases: Sequence[str] | Unset = UNSET,
) -> Registry:
    """Change what is given: members its name and what is said of it, admins the rest.

    Types that are taken away stop new collections, not those that stand.
    """
    found = find.registry(change.session, registry)
    permissions.require_in_registry(change.session, found.id, Role.MEMBER)
    change.session.refresh(found, with_for_update={"key_share": True})
    values: dict[str, Any] = {}
    if name is not UNSET and name != found.name:
        values["name"] = _free_name(change, found, name)
    if description is not UNSET:
        values["description"] = check_optional_text(description, "a description", "description")
    if visibility is not UNSET:
        values["visibility"] = visibility
    if artifact_types is not UNSET:
        values["artifact_types"] = _types(artifact_types)
    if protected_aliases is not UNSET:
        values["protected_aliases"] = _aliases(protected_aliases)
    changed = {field: value for field, value in values.items() if getattr(found, field) != value}
    if not changed.keys() <= {"name", "description"}:
        permissions.require_in_registry(change.session, found.id, Role.ADMIN)
    if changed:
        _assign(found, changed)
        detail = {field: value.value if isinstance(value, Visibility) else value for field, value in changed.items()}
        events.record(
            change,
            EventKind.REGISTRY_UPDATED,
            organization_id=found.organization_id,
            registry_id=found.id,
            detail=detail,
        )
    return found


def require_type(registry: Registry, type: str, field: str = "type") -> None:
    """Raise `Conflict` unless the registry takes artifacts of that type."""
    if registry.artifact_types is not None and type not in registry.artifact_types:
        allowed = ", ".join(registry.artifact_types) or "none"
        raise Conflict(f"registry {registry.name} takes no artifacts of type {type}, but {allowed}", field)


def _free_name(change: Change, registry: Registry, name: str) -> str:
    check_name(name, "a registry's name")
    same = select(Registry.id).where(Registry.organization_id == registry.organization_id, Registry.name == name)
    if change.session.exec(same).first() is not None:
        raise Conflict(f"{name} is or was the name of another registry", "name")
    return name


def _types(types: Sequence[str] | None) -> list[str] | None:
    if types is None:
        return None
    return [check_type(each, "artifactTypes") for each in _short(types, "artifactTypes")]


def _aliases(aliases: Sequence[str]) -> list[str]:
    return [check_alias(each, "protectedAliases") for each in _short(aliases, "protectedAliases")]


def _short(values: Sequence[str], field: str) -> list[str]:
    unique = list(dict.fromkeys(values))
    if len(unique) > MAX_LISTED:
        raise BadInput(f"at most {MAX_LISTED} are allowed, not {len(unique)}", field)
    return unique


def _assign(registry: Registry, values: dict[str, Any]) -> None:
    for field, value in values.items():
        setattr(registry, field, value)
