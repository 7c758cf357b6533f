"""Every document of the installed client is one of our schema, but for what is out of scope."""

import importlib
from typing import Any

import pytest
from graphql import parse, validate

from gqlregistry.wandb.schema import client_schema

OUT_OF_SCOPE = ("SWEEP", "AGENT", "API_KEY", "SERVICE_ACCOUNT", "CREATE_USER_FROM_ADMIN", "AUTOMATION", "INTEGRATION")
MODULES = ("wandb.sdk.artifacts._generated.operations", "wandb.apis._generated.operations")


def documents() -> list[Any]:
    found = [(module, name) for module in MODULES for name in dir(importlib.import_module(module))]
    return [pytest.param(module, name, id=name) for module, name in found if name.endswith("_GQL")]


@pytest.mark.parametrize(("module", "name"), documents())
def test_a_document_of_the_client_is_valid(module: str, name: str) -> None:
    document = parse(getattr(importlib.import_module(module), name))
    errors = [error.message for error in validate(client_schema()._schema, document)]
    assert bool(errors) == any(word in name for word in OUT_OF_SCOPE), errors
