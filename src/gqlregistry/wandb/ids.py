"""Ids: opaque to the client, which only turns their base64 into hex and back."""

import base64
import binascii

import strawberry

from gqlregistry.errors import BadInput


def text_id(type_name: str, text: str) -> strawberry.ID:
    """The id of something that is known by a text."""
    return strawberry.ID(base64.b64encode(f"{type_name}:{text}".encode()).decode())


def read_text_id(type_name: str, id: str) -> str:
    """The text that something of this type is known by. Raises `BadInput`."""
    try:
        found, _, text = base64.b64decode(id, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        found, text = "", ""
    if found != type_name:
        raise BadInput(f"this is not the id of a {type_name}", "id")
    return text
