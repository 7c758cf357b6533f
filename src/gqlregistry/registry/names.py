"""How things are named, and how a name is read.

team/zoo/split_zoo_dataset:v4     a version of a collection in a project of an entity
default/model/zoo:production      a version of a collection in a registry of an organization, by alias
model/zoo:production              the same, in the caller's organization
split_zoo_dataset:latest          relative to a project, where a run gives one
split_zoo_dataset@sha256:0f…      by digest (`:sha256:0f…` is read too)
"""

import re
from dataclasses import dataclass

from gqlregistry.errors import BadInput

DEFAULT_REF = "latest"
LATEST = "latest"
REGISTRY_PREFIX = "wandb-registry-"
"""What the wandb client puts before a registry's name."""

MAX_NAME = 128
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\- ]*")
_ENTITY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_RUN = re.compile(r"[^/\\#?%:\x00-\x1f]+")
_TAG = re.compile(r"[-\w]+( +[-\w]+)*")
_VERSION = re.compile(r"v(0|[1-9][0-9]*)")
MAX_VERSION_INDEX = 2**31 - 1
_UNNAMEABLE = re.compile(r"[^A-Za-z0-9_.\- ]+")
_BARE_DIGEST = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")


def nameable(text: str, length: int = MAX_NAME) -> str:
    """What something is called here that has another name elsewhere: its end, if that is long, without odd letters."""
    return _UNNAMEABLE.sub("-", text).strip(" -.")[-length:].strip(" -.") or "unnamed"


@dataclass(frozen=True, slots=True)
class CollectionName:
    """Where a collection is. `owner` is an entity or an organization; None means the caller's organization."""

    owner: str | None
    place: str
    name: str


@dataclass(frozen=True, slots=True)
class VersionName:
    """A collection and what to take from it: a version number, a digest or an alias."""

    collection: CollectionName
    ref: str


@dataclass(frozen=True, slots=True)
class ProjectName:
    """`entity/project`: where names without a slash are looked up."""

    entity: str
    project: str


def parse_collection_name(text: str, within: ProjectName | None = None, field: str = "name") -> CollectionName:
    """Read `owner/place/name`, `registry/name` or, within a project, `name`."""
    parts = text.split("/")
    if len(parts) > 3 or not all(parts):
        raise BadInput(f"{quoted(text)} is not entity/project/collection or registry/collection", field)
    if len(parts) == 1:
        if within is None:
            raise BadInput(f"{quoted(text)} names no project: write entity/project/{_shown(text)}", field)
        return CollectionName(within.entity, within.project, text)
    owner = parts[0] if len(parts) == 3 else None
    place = parts[-2]
    if owner is None or place.startswith(REGISTRY_PREFIX):
        place = place.removeprefix(REGISTRY_PREFIX)
    return CollectionName(owner, place, parts[-1])


def parse_version_name(text: str, within: ProjectName | None = None, field: str = "name") -> VersionName:
    """Read a collection's name and, behind `:` or `@`, a version, alias or digest; without one, `latest`."""
    head, slash, tail = text.rpartition("/")
    if ":" in head:
        raise BadInput(f"{quoted(text)} has a / behind its :, which no version or alias has", field)
    name, *rest = re.split("[:@]", tail, maxsplit=1)
    ref = rest[0] if rest else DEFAULT_REF
    if not ref:
        raise BadInput(f"{quoted(text)} ends before its version or alias", field)
    return VersionName(parse_collection_name(f"{head}{slash}{name}", within, field), ref)


def parse_project_name(text: str, field: str = "project") -> ProjectName:
    """Read `entity/project`."""
    parts = text.split("/")
    if len(parts) != 2 or not all(parts):
        raise BadInput(f"{quoted(text)} is not entity/project", field)
    return ProjectName(*parts)


def parse_run_name(text: str, within: ProjectName | None = None, field: str = "run") -> tuple[ProjectName, str]:
    """Read `entity/project/run` or, within a project, `run`."""
    parts = text.split("/")
    if len(parts) == 1 and within is not None and text:
        return within, text
    if len(parts) != 3 or not all(parts):
        raise BadInput(f"{quoted(text)} is not entity/project/run", field)
    return ProjectName(*parts[:2]), parts[2]


def version_index(ref: str) -> int | None:
    """`v4` is 4; anything that is not a version's name is None, also a number no version can have."""
    match = _VERSION.fullmatch(ref)
    if match is None or len(ref) > 11 or int(match[1]) > MAX_VERSION_INDEX:
        return None
    return int(match[1])


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a reference behind a name may mean in its collection: a number, or else an alias before a digest."""

    index: int | None = None
    alias: str | None = None
    digests: tuple[str, ...] = ()


def pointer(ref: str) -> Pointer:
    """Read `v4`, an alias, `sha256:…`, or bare hex: an alias of that name, or a digest of some algorithm."""
    index = version_index(ref)
    if index is not None:
        return Pointer(index=index)
    if ":" in ref:
        return Pointer(digests=(ref,))
    bare = (ref, f"sha256:{ref}", f"md5:{ref}", f"xxh128:{ref}") if _BARE_DIGEST.fullmatch(ref) else ()
    return Pointer(alias=ref, digests=bare)


def check_alias(alias: str, field: str = "alias") -> str:
    """Raise `BadInput` unless this may be an alias: 1 to 128 characters, no `/` or `:`, not like a version."""
    _check_length(alias, "an alias", field)
    if re.search(r"[/:\x00-\x1f]", alias) or alias != alias.strip():
        raise BadInput(f"{quoted(alias)} is not an alias: no / or :, no space at its ends", field)
    if _VERSION.fullmatch(alias):
        raise BadInput(f"{quoted(alias)} is not an alias: it looks like a version", field)
    return alias


def check_name(name: str, what: str, field: str = "name") -> str:
    """Raise `BadInput` unless this may be the name of a collection, project or registry."""
    return _check(_NAME, name, what, "letters, digits, _ . - and spaces", field)


def check_type(name: str, field: str = "type") -> str:
    """Raise `BadInput` unless this may be an artifact type."""
    return _check(_NAME, name, "an artifact type", "letters, digits, _ . - and spaces", field)


def check_entity_name(name: str, what: str, field: str = "name") -> str:
    """Raise `BadInput` unless this may be the name of a user, a team or an organization."""
    return _check(_ENTITY, name, what, "letters, digits, _ . and -", field)


def check_run_name(name: str, field: str = "name") -> str:
    """Raise `BadInput` unless this may be a run's slug."""
    return _check(_RUN, name, "a run's name", "anything but / \\ # ? % : and control characters", field)


def check_tag(tag: str, field: str = "tag") -> str:
    """Raise `BadInput` unless this may be a tag."""
    return _check(_TAG, tag, "a tag", "letters, digits, _ - and inner spaces", field)


def quoted(text: str) -> str:
    """A client's text as it may stand in a message: short, on one line."""
    return repr(_shown(text))


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _check(pattern: re.Pattern[str], name: str, what: str, allowed: str, field: str) -> str:
    _check_length(name, what, field)
    if not pattern.fullmatch(name) or name != name.strip():
        raise BadInput(f"{quoted(name)} is not {what}: it may hold {allowed}", field)
    return name


def _check_length(name: str, what: str, field: str) -> None:
    if not name:
        raise BadInput(f"{what} may not be empty", field)
    if len(name) > MAX_NAME:
        raise BadInput(f"{what} has {len(name)} characters, at most {MAX_NAME} are allowed", field)
