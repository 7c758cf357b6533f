"""The demo: a small story to read, and a larger lineage to explore. One script, played in process or over HTTP."""

from gqlregistry.demo import wildlife, zoo
from gqlregistry.demo.script import Script, Step


def steps() -> list[Step]:
    """All steps of the demo, in the order of their times. The first one fails with CONFLICT where the demo is."""
    script = Script()
    zoo.tell(script)
    wildlife.tell(script)
    return script.in_order()
