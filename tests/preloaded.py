"""What each process of a test would load, loaded once: `tests.forking` forks it."""

import gc

from gqlregistry import app, cli
from gqlregistry.schema.schema import public_schema
from gqlregistry.wandb.schema import client_schema

__all__ = ["app", "cli"]

public_schema()
client_schema()
# A collection would write to each page of it, and so copy it.
gc.freeze()
