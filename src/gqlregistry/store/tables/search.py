"""What a search reads: the words of all that can be found, kept by triggers, and so by the transaction that writes.

`search_text` is no table like the others: on SQLite it is FTS5's, on PostgreSQL one of `tsvector`s with a GIN index,
cut by kind so that the planner knows of each how frequent a word is. `place` (SQLite's rowid) is `BASES[table] + key`:
what is listed first, of two things that a text fits as well, has the higher one. The words of names are kept a second
time, by themselves (`search_names`, a column on PostgreSQL): a word that all texts have, and no name, is not read then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event

from gqlregistry.store.tables.base import Table

SEARCH_TEXT = "search_text"
SEARCH_NAMES = "search_names"
_PREFIXES = " ".join(map(str, range(2, 9)))
"""FTS5 gathers all places of a beginning of a word before it answers the newest, but where it has an index of those."""

_OPTIONS = f"prefix='{_PREFIXES}', columnsize=0, tokenize='unicode61 remove_diacritics 0'"
MAX_WORDS = 50_000
"""Characters of one thing's texts that are read for words; PostgreSQL has no room for more than 1 MB of them."""

_SIGNS = "".join(chr(code) for code in range(1, 128) if not chr(code).isalnum())
"""Neither letter nor digit. PostgreSQL's own parser would take `a/b` for a path, and `zoo-17` for zoo and minus 17."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A table whose rows can be found: by their `names`, by `texts`, columns of JSON among them, and by tags."""

    table: str
    names: tuple[str, ...] = ("name",)
    texts: tuple[str, ...] = ("description",)
    json: tuple[str, ...] = ()
    tags: str | None = None
    there: tuple[str, str] = ("deleted_at", "IS NULL")
    """When a row can be found at all."""


_SOURCES = (
    _Source("artifact", (), json=("metadata",), tags="artifact_tag", there=("state", "= 'COMMITTED'")),
    _Source("run", ("display_name", "name"), ("job_type", '"group"', "notes"), ("tags", "config")),
    _Source("project"),
    _Source("collection", texts=("type", "description"), tags="collection_tag"),
    _Source("registry"),
)
BASES = {source.table: number << 40 for number, source in enumerate(_SOURCES, 1)}
END = (len(_SOURCES) + 1) << 40


def words(text: str) -> list[str]:
    """The words of a text that somebody searches for, as both databases tell them apart: without any sign."""
    return re.sub(f"[\\s\0{re.escape(_SIGNS)}]+", " ", text).split()


def fill(dialect: str) -> Iterator[str]:
    """The statements that make an index of what is there."""
    for source in _SOURCES:
        yield from _put(source, dialect, "true" if dialect == "postgresql" else "1")


def definition(dialect: str) -> Iterator[str]:
    """The statements that make the index, and keep it. A migration that makes a table anew repeats its triggers."""
    if dialect == "sqlite":
        yield f"CREATE VIRTUAL TABLE {SEARCH_TEXT} USING fts5(name, text, {_OPTIONS})"
        yield f"CREATE VIRTUAL TABLE {SEARCH_NAMES} USING fts5(name, {_OPTIONS})"
    else:
        columns = "place bigint PRIMARY KEY, words tsvector NOT NULL, names tsvector"
        yield f"CREATE TABLE {SEARCH_TEXT} ({columns}) PARTITION BY RANGE (place)"
        for source, base in zip(_SOURCES, BASES.values(), strict=True):
            part = f"{SEARCH_TEXT}_{source.table} PARTITION OF {SEARCH_TEXT}"
            yield f"CREATE TABLE {part} FOR VALUES FROM ({base}) TO ({base + (1 << 40)})"
        for column in ("words", "names"):
            yield f"CREATE INDEX ix_{SEARCH_TEXT}_{column} ON {SEARCH_TEXT} USING gin ({column})"
    for source in _SOURCES:
        yield from _sqlite_triggers(source) if dialect == "sqlite" else _postgresql_triggers(source)


def removal(dialect: str) -> Iterator[str]:
    """The statements that take away the index, of whatever version, with what keeps it."""
    for source in _SOURCES:
        for table in (source.table, source.tags):
            for happening in ("insert", "update", "delete") if table else ():
                on = "" if dialect == "sqlite" else f" ON {table}"
                yield f"DROP TRIGGER IF EXISTS search_{table}_{happening}{on}"
            if table and dialect == "postgresql":
                yield f"DROP FUNCTION IF EXISTS search_{table}"
    for table in (SEARCH_TEXT, SEARCH_NAMES):
        yield f"DROP TABLE IF EXISTS {table}"


def _sqlite_triggers(source: _Source) -> Iterator[str]:
    def on(event_: str, table: str, *statements: str, when: str = "1", name: str = "") -> str:
        head = f"CREATE TRIGGER search_{table}_{name or event_.split()[0].lower()} AFTER {event_} ON {table}"
        return f"{head} WHEN {when} BEGIN {'; '.join(statements)}; END"

    def anew(key: str) -> tuple[str, ...]:
        return *_take(source, "sqlite", key), *_put(source, "sqlite", f"it.id = {key}")

    yield on("INSERT", source.table, *_put(source, "sqlite", "it.id = NEW.id"), when=_worth(source, "NEW."))
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _watched(source))
    yield on(f"UPDATE OF {', '.join(_watched(source))}", source.table, *anew("NEW.id"), when=changed)
    yield on("DELETE", source.table, *_take(source, "sqlite", "OLD.id"))
    if source.tags:
        yield on("INSERT", source.tags, *anew(f"NEW.{source.table}_id"))
        yield on("DELETE", source.tags, *anew(f"OLD.{source.table}_id"))


def _postgresql_triggers(source: _Source) -> Iterator[str]:
    def trigger(table: str, event_: str, function: str, when: str = "true") -> str:
        head = f"CREATE TRIGGER search_{table}_{event_.split()[0].lower()} AFTER {event_} ON {table}"
        return f"{head} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {function}()"

    def function(name: str, *keys: tuple[str, str]) -> str:
        anew = [
            (operation, *_take(source, "postgresql", key), *_put(source, "postgresql", f"it.id = {key}"))
            for operation, key in keys
        ]
        kept = "; ".join(
            f"IF TG_OP {operation} THEN {'; '.join(statements)}; END IF" for operation, *statements in anew
        )
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {kept}; RETURN NULL; END $$"

    own = f"search_{source.table}"
    yield function(own, ("<> 'DELETE'", "NEW.id"), ("= 'DELETE'", "OLD.id"))
    yield trigger(source.table, "INSERT", own, _worth(source, "NEW."))
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _watched(source))
    yield trigger(source.table, f"UPDATE OF {', '.join(_watched(source))}", own, changed)
    yield trigger(source.table, "DELETE", own)
    if source.tags:
        by_tag = f"search_{source.tags}"
        new, old = f"NEW.{source.table}_id", f"OLD.{source.table}_id"
        yield function(by_tag, ("= 'INSERT'", new), ("= 'DELETE'", old))
        yield trigger(source.tags, "INSERT", by_tag)
        yield trigger(source.tags, "DELETE", by_tag)


def _watched(source: _Source) -> tuple[str, ...]:
    return (*source.names, *source.texts, *source.json, source.there[0])


def _worth(source: _Source, row: str) -> str:
    """Whether a row is there to be found, and has any words beside its tags."""
    there = f"{row}{source.there[0]} {source.there[1]}"
    if source.names:
        return there
    some = [f"{row}{column} IS NOT NULL" for column in source.texts]
    some += [f"{row}{column} <> '{{}}'" for column in source.json]
    return f"{there} AND ({' OR '.join(some)})"


def _take(source: _Source, dialect: str, key: str) -> Iterator[str]:
    place = "rowid" if dialect == "sqlite" else "place"
    for index in (SEARCH_TEXT, SEARCH_NAMES) if source.names and dialect == "sqlite" else (SEARCH_TEXT,):
        yield f"DELETE FROM {index} WHERE {place} = {BASES[source.table]} + {key}"


def _put(source: _Source, dialect: str, which: str) -> Iterator[str]:
    name, text = _joined([f"it.{column}" for column in source.names]), _joined(_texts(source, dialect))
    worth = _worth(source, "it.")
    if source.tags and not source.names:
        has_tags = f"EXISTS (SELECT 1 FROM {source.tags} AS tag WHERE tag.{source.table}_id = it.id)"
        worth = f"(({worth}) OR (it.{source.there[0]} {source.there[1]} AND {has_tags}))"
    place = f"{BASES[source.table]} + it.id"
    rows = f"FROM {source.table} AS it WHERE {which} AND {worth}"
    if dialect == "sqlite":
        both = f"{name}, substr({text}, 1, {MAX_WORDS})"
        yield f"INSERT INTO {SEARCH_TEXT} (rowid, name, text) SELECT {place}, {both} {rows}"
        if source.names:
            yield f"INSERT INTO {SEARCH_NAMES} (rowid, name) SELECT {place}, {name} {rows}"
    else:
        names, words = _vector(name), _vector(f"left({text}, {MAX_WORDS})")
        words, names = (f"{names} || {words}", names) if source.names else (words, "NULL")
        yield f"INSERT INTO {SEARCH_TEXT} (place, words, names) SELECT {place}, {words}, {names} {rows}"


def _joined(parts: list[str]) -> str:
    return " || ' ' || ".join(f"coalesce({part}, '')" for part in parts) or "''"


def _texts(source: _Source, dialect: str) -> list[str]:
    found = [f"it.{column}" for column in source.texts]
    for column in source.json:
        escapes = f"it.{column}"
        for escape in ("\\n", "\\t", "\\r"):
            escapes = f"replace({escapes}, '{escape}', ' ')"
        found.append(escapes)
    if source.tags:
        joined = "group_concat" if dialect == "sqlite" else "string_agg"
        found.append(f"(SELECT {joined}(tag.name, ' ') FROM {source.tags} AS tag WHERE tag.{source.table}_id = it.id)")
    return found


def _vector(text: str) -> str:
    quoted = _SIGNS.replace("'", "''").replace("\\", "\\\\")
    return f"to_tsvector('simple', translate({text}, E'{quoted}', '{' ' * len(_SIGNS)}'))"


def is_search_table(name: str | None) -> bool:
    """Whether a table is the index or a part of it: its definition is here, and not in the tables' metadata."""
    return name is not None and re.match(f"({SEARCH_TEXT}|{SEARCH_NAMES})(_|$)", name) is not None


@event.listens_for(Table.metadata, "after_create")
def _make_index(_: Any, connection: Connection, tables: Sequence[Any], **__: Any) -> None:
    for statement in definition(connection.dialect.name) if tables else ():
        connection.exec_driver_sql(statement)
