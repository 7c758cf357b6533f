"""What is on another kind of server, brought here: read there by its own client, written here by the rules."""

from gqlregistry.movers.moving import Moved, Told, Unreadable, move

__all__ = ["Moved", "Told", "Unreadable", "move"]
