"""Signed statements of how far the log has come, to be kept where who can change the database can't change them.

Whoever can write to the database can also compute all hashes anew. Then the log is in order, and is not the one that a
checkpoint tells of. A checkpoint is one line of JSON:

    {"at": "2026-03-03T09:30:00.000000Z", "chains": {"0": [12, "<hash>"], …}, "events": 40, "server": "<public key>",
     "signature": "<Ed25519 over all the rest, as canonical JSON>"}

`chains` has, by the key of the collection (0: the common chain), how many events there are, and the hash of the newest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import Session, select

from gqlregistry.errors import BadInput
from gqlregistry.store.tables import EventChain, instant_text

SECRET = "checkpoints"
"""The name of the secret that a store's checkpoints are signed with."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """When it was taken, and of each chain how many events it had and the hash of the newest."""

    at: str
    server: str
    chains: dict[int, tuple[int, str]]


def server_key(secret: bytes) -> str:
    """The public key of who signs with a secret, in hex."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw().hex()


def take(session: Session, secret: bytes, now: datetime) -> bytes:
    """A checkpoint of the log as it is now."""
    found = session.exec(select(EventChain)).all()
    chains = {str(each.chain): [each.count, each.head] for each in found}
    told = {
        "at": instant_text(now),
        "server": server_key(secret),
        "events": sum(each.count for each in found),
        "chains": chains,
    }
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(_canonical(told))
    return _canonical(told | {"signature": signature.hex()})


def read_checkpoints(lines: Iterable[bytes], server: str) -> list[Checkpoint]:
    """The checkpoints that a server has signed, a line each. Raises `BadInput` for any other line."""
    return [_read(number, line, server) for number, line in enumerate(lines, 1) if line.strip()]


def _read(number: int, line: bytes, server: str) -> Checkpoint:
    try:
        told: dict[str, Any] = orjson.loads(line)
        signature = bytes.fromhex(told.pop("signature"))
        chains = {int(chain): (int(count), str(head)) for chain, (count, head) in told["chains"].items()}
        found = Checkpoint(told["at"], told["server"], chains)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.server))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(f"line {number} is not a checkpoint", "checkpoint") from error
    if found.server != server:
        raise BadInput(f"line {number} is signed by {found.server}, not by {server}", "checkpoint")
    try:
        key.verify(signature, _canonical(told))
    except InvalidSignature as error:
        raise BadInput(f"the signature of line {number} is not that of its text", "checkpoint") from error
    return found


def _canonical(told: dict[str, Any]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
