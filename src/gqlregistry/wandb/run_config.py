"""A run's configuration: the client wraps each value, `{"lr": {"value": 0.1}}`, and puts what it keeps of itself among
them, as `_wandb`. The registry keeps the values, and what is the client's apart.
"""

from typing import Any

import orjson

from gqlregistry.store.tables import Run
from gqlregistry.wandb.lenient import read_object
from gqlregistry.wandb.scalars import JSONString

OWN = "_wandb"


def unwrap(text: str) -> tuple[dict[str, Any], Any]:
    """A configuration as the registry keeps it, and what the client keeps of itself. Raises `BadInput`."""
    found = read_object(text, "a config", "config")
    values = {key: _value(value) for key, value in found.items()}
    return values, values.pop(OWN, None)


def wrap(run: Run) -> JSONString:
    """A run's configuration as the client wrote it."""
    values = dict(run.config)
    own = (run.client or {}).get(OWN)
    if own is not None:
        values[OWN] = own
    return JSONString(orjson.dumps({key: {"value": value, "desc": None} for key, value in values.items()}).decode())


def own_values(run: Run, keys: list[str]) -> JSONString | None:
    """Some of what the client keeps of itself: null if it has never said anything."""
    own = (run.client or {}).get(OWN)
    if not isinstance(own, dict):
        return None
    return JSONString(orjson.dumps({key: own[key] for key in keys if key in own}).decode())


def _value(wrapped: Any) -> Any:
    return wrapped["value"] if isinstance(wrapped, dict) and "value" in wrapped else wrapped
