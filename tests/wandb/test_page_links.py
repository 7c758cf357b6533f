"""The links that the client prints open the pages of this server."""

import json

import httpx
import pytest

from tests.serving import Process
from tests.wandb.client import Client

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LINKS = """
import json
registry = api.create_registry("shown", visibility="organization", organization="default")
with begin(id="r-1") as run:
    logged = run.log_artifact(made("data.set")).wait()
    linked = run.link_artifact(logged, "wandb-registry-shown/zoo")
    printed = {"run": run.url, "project": run.project_url, "artifact": logged.url, "linked": linked.url}
    printed["settings"] = run.settings.run_url
printed["read run"] = api.run(f"local/{PROJECT}/r-1").url
printed["workspace"] = api.project(PROJECT, "local").url
printed["read artifact"] = api.artifact(f"local/{PROJECT}/data.set:v0").url
print(json.dumps(printed))
"""


def opened(url: str) -> str:
    """Where a browser is sent."""
    answer = httpx.get(url, headers=BROWSER)
    assert answer.status_code == 302, (url, answer.status_code)
    return answer.headers["location"]


def test_each_link_of_the_client_opens_its_page(wandb: Client) -> None:
    printed = json.loads(wandb.run(LINKS).stdout.splitlines()[-1])
    project = f"/projects/local/{wandb.project}"
    data, zoo = f"{project}/artifacts/data.set/v0", "/registry/default/shown/zoo/v0"
    assert {name: opened(url) for name, url in printed.items()} == {
        "run": f"{project}/runs/r-1",
        "settings": f"{project}/runs/r-1",
        "read run": f"{project}/runs/r-1",
        "project": project,
        "workspace": project,
        "artifact": data,
        "read artifact": data,
        "linked": zoo,
    }


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("", "/"),
        ("authorize?ref=models", "/authorize"),
        ("authorize?signup=true&ref=models", "/authorize"),
        ("e/p/runs/r/logs", "/projects/e/p/runs/r"),
        ("e/p/artifacts", "/projects/e/p/-/artifacts"),
        ("e/p/artifacts/model", "/projects/e/p/-/artifacts"),
        ("e/p/artifacts/model/zoo", "/projects/e/p/artifacts/zoo"),
        ("e/p/artifacts/model/zoo/v3/files/a/b.txt", "/projects/e/p/artifacts/zoo/v3"),
        ("o/wandb-registry-model", "/registry/o/model"),
        ("o/wandb-registry-model/artifacts/model/zoo/v3", "/registry/o/model/zoo/v3"),
        ("orgs/Our org/registry/model", "/registry/Our%20org/model"),
        ("e/registry/model?selectionPath=e%2Fp%2Fzoo&view=membership&version=v1", "/projects/e/p/artifacts/zoo/v1"),
    ],
)
def test_other_addresses_of_its_pages_lead_to_ours(served: Process, path: str, page: str) -> None:
    assert opened(f"{served.url}/wandb/{path}") == page


def test_a_name_in_a_link_leads_to_no_other_server(served: Process) -> None:
    assert opened(f"{served.url}/wandb/%5C%5Celsewhere.example/p") == "/projects/%5C%5Celsewhere.example/p"
    assert opened(f"{served.url}/wandb/orgs/%0da: b/registry/c") == "/registry/%0Da%3A%20b/c"


def test_programs_are_not_sent_to_pages(served: Process) -> None:
    for path in ("e/p", "e/p/runs/r", "authorize"):
        answer = httpx.get(f"{served.url}/wandb/{path}")
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_what_the_client_asks_for_is_asked_there_by_browsers_too(served: Process) -> None:
    for path in ("run-files/x/artifacts", "run-files/x/y/runs/z", "manifests/x/artifacts"):
        answer = httpx.get(f"{served.url}/wandb/{path}", headers=BROWSER)
        assert (answer.status_code >= 400, "errors" in answer.json()) == (True, True)
