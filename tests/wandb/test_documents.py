"""Every GraphQL document of the installed client is valid for the door's schema, but for what is not done here."""

import pytest
from graphql import GraphQLSyntaxError, parse, validate

from gqlregistry.wandb.not_done import told_instead
from gqlregistry.wandb.schema import client_schema
from tests.wandb import documents

SWEEPS = {
    "CreateAgent",
    "EnqueueSweepRun",
    "GetAgentRuns",
    "GetSweep",
    "GetSweepAgent",
    "GetSweepAgents",
    "GetSweepLegacy",
    "GetSweepState",
    "GetSweeps",
    "Heartbeat",
    "SweepConfig",
    "SweepRunsWithHistory",
    "SweepWatchedRuns",
    "SweepWithRuns",
    "UpsertSweep",
    "UpsertSweepState",
}
LAUNCH = {
    "CreateDefaultResourceConfig",
    "CreateRunQueue",
    "DeleteFromRunQueue",
    "DeleteRunQueue",
    "GetDefaultResourceConfig",
    "GetRunQueueItem",
    "GetRunQueueItems",
    "GetRunQueueMetadata",
    "LaunchAgent",
    "ProjectRunQueues",
    "UpsertRunQueue",
    "ackRunQueueItem",
    "createLaunchAgent",
    "failRunQueueItem",
    "fetchRunQueuesFromProject",
    "popFromRunQueue",
    "pushToRunQueue",
    "pushToRunQueueByName",
    "updateLaunchAgent",
    "updateRunQueueItemWarning",
}
AUTOMATIONS = {
    "CreateAutomation",
    "CreateGenericWebhookIntegration",
    "DeleteAutomation",
    "GetAutomationsLegacy",
    "GetEntityAutomations",
    "GetEntityAutomationsLegacy",
    "GetOrgAutomations",
    "IntegrationsByEntity",
    "UpdateAutomation",
}
KEYS = {"CreateServiceAccount", "CreateUserFromAdmin", "DeleteApiKey", "GenerateApiKey"}
OTHERS = {"CreateCustomChart", "NotifyScriptableRunAlert", "ProjectViews", "RewindRun"}
NOT_DONE = SWEEPS | LAUNCH | AUTOMATIONS | KEYS | OTHERS

IN_PIECES = {"DeleteRun", "Run", "RunFiles", "RunFullHistory", "Runs", "UpsertBucket", "UseArtifact"}
"""What the package puts together only when it sends it: the tests with the client itself send each."""

ALL = [
    pytest.param(name.rpartition(".")[2], text, id=f"{source.__name__}-{name}")
    for source in (documents.generated, documents.written, documents.core)
    for name, text in sorted(source().items())
]


def problems(text: str) -> list[str]:
    try:
        return [error.message for error in validate(client_schema()._schema, parse(text))]
    except GraphQLSyntaxError as error:
        return [error.message]


@pytest.mark.parametrize(("name", "text"), ALL)
def test_a_document_is_valid_unless_it_is_for_what_is_not_done(name: str, text: str) -> None:
    found = problems(text)
    if name in IN_PIECES and found:
        return
    assert (found == []) == (name not in NOT_DONE), found


@pytest.mark.parametrize("text", [param.values[1] for param in ALL if param.values[0] in AUTOMATIONS])
def test_who_asks_for_automations_is_told_of_webhooks(text: str) -> None:
    assert "createWebhook" in told_instead(validate(client_schema()._schema, parse(text)))[0].message


def test_the_documents_are_found() -> None:
    assert len(documents.generated()) > 70
    assert len(documents.written()) > 40
    assert len(documents.core()) > 40


def test_only_documents_that_there_are_are_listed() -> None:
    assert {param.values[0] for param in ALL} >= NOT_DONE | IN_PIECES
