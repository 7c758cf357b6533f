"""Trusted documents: files that an operator has read, which clients ask for by their id.

https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import GraphQLError, GraphQLSchema, parse, validate

from gqlregistry.errors import BadInput, Forbidden
from gqlregistry.settings import TrustedDocumentsMode

SUFFIX = ".graphql"


def document_id(text: str) -> str:
    """`sha256:` and what `sha256sum` says of a file with this text."""
    return f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"


@dataclass(frozen=True, slots=True)
class TrustedDocument:
    """One file. `name` is its path in the folder, with slashes and without its suffix."""

    name: str
    text: str

    @property
    def id(self) -> str:
        """The id of its text."""
        return document_id(self.text)


class TrustedDocuments:
    """Which documents are executed, and what their ids stand for."""

    def __init__(
        self, mode: TrustedDocumentsMode, documents: Collection[TrustedDocument] = (), own: Collection[str] = ()
    ) -> None:
        """`own` are the texts that the server's own pages send: they are executed in every mode."""
        self._mode = mode
        self._texts = {name: each.text for each in documents for name in (each.id, each.name)}
        self._executed = {each.text for each in documents} | set(own)

    def text(self, asked: dict[str, Any]) -> str:
        """The document that a request means, by its text or its id.

        Raises `BadInput` for neither, both, or an unknown id, and `Forbidden` for a text that is not trusted.
        """
        query, document_id = asked.get("query"), asked.get("documentId")
        if document_id is not None:
            return self._of_id(document_id, query)
        if not isinstance(query, str):
            raise BadInput("`query` must be given, as a string", "query")
        if self._mode == "only" and query not in self._executed:
            raise Forbidden("only trusted documents are executed here: send the `documentId` of one", "query")
        return query

    def _of_id(self, document_id: object, query: object) -> str:
        if not isinstance(document_id, str):
            raise BadInput("`documentId` must be a string or null", "documentId")
        if self._mode == "off":
            raise BadInput("this server takes no `documentId`: send the document as `query`", "documentId")
        text = self._texts.get(document_id)
        if text is None:
            raise BadInput("no trusted document has this `documentId`", "documentId")
        if query not in (None, text):
            raise BadInput("send `query` or `documentId`, not both", "documentId")
        return text


def read_documents(folder: Path, schema: GraphQLSchema, max_tokens: int) -> list[TrustedDocument]:
    """All documents below a folder, by name. Raises `BadInput`, naming file and line, for what is not valid."""
    if not folder.is_dir():
        raise BadInput(f"the folder of trusted documents, {folder}, is not there")
    documents = [_read(path, folder) for path in sorted(folder.rglob(f"*{SUFFIX}"))]
    for document in documents:
        for error in _errors(document.text, schema, max_tokens):
            line = error.locations[0].line if error.locations else 1
            raise BadInput(f"{folder / document.name}{SUFFIX}, line {line}: {error.message}")
    return documents


def _read(path: Path, folder: Path) -> TrustedDocument:
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} can't be read: {error}") from None
    return TrustedDocument(path.relative_to(folder).with_suffix("").as_posix(), text)


def _errors(text: str, schema: GraphQLSchema, max_tokens: int) -> Iterator[GraphQLError]:
    try:
        yield from validate(schema, parse(text, max_tokens=max_tokens))
    except GraphQLError as error:
        yield error
