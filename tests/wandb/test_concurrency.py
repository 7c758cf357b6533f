"""Many clients that log into one collection at once."""

from concurrent.futures import ThreadPoolExecutor

from tests.wandb.client import Client

PROCESSES, VERSIONS = 4, 5

LOGGER = """
with begin() as run:
    for number in range(%d):
        run.log_artifact(made(a_txt=f"{run.id} {number}")).wait()
"""


def test_each_of_many_loggers_gets_numbers_of_its_own(wandb: Client) -> None:
    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(lambda _: wandb.run(LOGGER % VERSIONS), range(PROCESSES)))
    query = """query ($name: String!) { collection(ref: {name: $name}) {
        versions(first: 100) { nodes { version aliases { name } artifact { digest } } } } }"""
    nodes = wandb.ask(query, name=f"local/{wandb.project}/data")["collection"]["versions"]["nodes"]
    assert sorted(int(each["version"][1:]) for each in nodes) == list(range(PROCESSES * VERSIONS))
    assert len({each["artifact"]["digest"] for each in nodes}) == PROCESSES * VERSIONS
    latest = [each["version"] for each in nodes if each["aliases"]]
    assert latest == [f"v{PROCESSES * VERSIONS - 1}"]
