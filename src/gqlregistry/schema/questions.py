"""Saved questions: the trusted documents that ask for something, with what they want to be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import OperationDefinitionNode, OperationType, VariableDefinitionNode, parse, print_ast

from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Embedded
from gqlregistry.plan.relay import reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.trusted import TrustedDocument

SERVICE = "questions"
"""By which name a request finds the questions of its server."""


@dataclass(frozen=True, slots=True)
class Variable:
    """What a question wants to be told. `default` is as the document writes it."""

    name: str
    type: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A trusted document with one operation, a query."""

    name: str
    document_id: str
    description: str
    text: str
    variables: Sequence[Variable]


def questions_of(documents: Iterable[TrustedDocument]) -> list[Question]:
    """Those that can be asked by name alone, in order of their names."""
    found = []
    for document in documents:
        operations = [node for node in parse(document.text).definitions if isinstance(node, OperationDefinitionNode)]
        if len(operations) == 1 and operations[0].operation is OperationType.QUERY:
            variables = [_variable(node) for node in operations[0].variable_definitions or ()]
            about = _description(document.text)
            found.append(Question(document.name, document.id, about, document.text, variables))
    return sorted(found, key=lambda question: question.name)


def _variable(node: VariableDefinitionNode) -> Variable:
    default = node.default_value
    return Variable(node.variable.name.value, print_ast(node.type), None if default is None else print_ast(default))


def _description(text: str) -> str:
    """The comments above everything else."""
    lines = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("#").strip())
    return " ".join(lines)


def read_questions(request: Request, keys: Iterable[Any]) -> Reading[Mapping[Any, list[Question]]]:
    """The questions that the server of a request has."""
    yield from ()
    return dict.fromkeys(keys, request.services.get(SERVICE, []))


@strawberry.type(description="What a saved question wants to be told.")
class QuestionVariable(Record):
    """A variable."""

    name: str = reads(Column("name"), "Its name, without `$`.")
    type: str = reads(Column("type"), "Its type in the schema, like `[String!]`. With `!` at its end it must be given.")
    default: str | None = reads(Column("default"), "What it is unless given, as GraphQL writes it.")


@strawberry.type(description="A question that whoever runs the server has saved: a trusted document that is a query.")
class SavedQuestion(Record):
    """A question."""

    name: str = reads(Column("name"), "The document's path in its folder, without its suffix.")
    document_id: str = reads(Column("document_id"), "What to send as `documentId` to ask it; the name does as well.")
    description: str = reads(Column("description"), "The comments at the document's beginning.")
    text: str = reads(Column("text"), "The document.")
    variables: list[QuestionVariable] = reads(Embedded("variables", QuestionVariable, many=True), "What it takes.")
