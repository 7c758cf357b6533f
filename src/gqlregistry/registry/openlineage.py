"""OpenLineage's words for what is here."""

from gqlregistry import __version__

NAMESPACE = "urn:gqlregistry:"
"""What the namespaces of jobs and data sets of this registry begin with; `entity/project` follows."""

PRODUCER = f"urn:gqlregistry:{__version__}"
"""Who made an event."""
