"""What a test makes or reads beside the page: by the public API, as another client would."""

from typing import Any

import httpx


def ask(url: str, query: str, **variables: Any) -> dict[str, Any]:
    """The data of an operation that goes well."""
    answer = httpx.post(f"{url}/graphql", json={"query": query, "variables": variables}, timeout=30).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    for payload in data.values():
        assert not (isinstance(payload, dict) and payload.get("errors")), payload
    return data


def set_alias(url: str, collection: str, alias: str, version: str, reason: str | None = None) -> None:
    """Move an alias, whoever looks at it."""
    ask(
        url,
        "mutation ($input: SetAliasInput!) { setAlias(input: $input) { errors { message } } }",
        input={"collection": {"name": collection}, "alias": alias, "version": version, "reason": reason},
    )


def add_tag(url: str, collection: str, tag: str) -> None:
    """Put a tag on a collection."""
    ask(
        url,
        "mutation ($input: TagInput!) { addTag(input: $input) { errors { message } } }",
        input={"collection": {"name": collection}, "tag": tag},
    )


def log_versions(url: str, collection: str, count: int) -> None:
    """Log as many versions, each of other content, to a collection of type model."""
    for index in range(count):
        ask(
            url,
            """mutation ($collection: String!, $reference: String!) {
              logArtifact(input: {
                collection: {name: $collection}, type: "model", files: [{path: "weights", reference: $reference}]
              }) { errors { message } }
            }""",
            collection=collection,
            reference=f"s3://weights/{index}",
        )


def last_events(url: str, collection: str, count: int) -> list[dict[str, Any]]:
    """The newest lines of a collection's history, newest first."""
    found = ask(
        url,
        """query ($collection: String!, $count: Int!) {
          collection(ref: {name: $collection}) {
            actionHistory(first: $count) { nodes { kind version alias tag reason } }
          }
        }""",
        collection=collection,
        count=count,
    )
    events: list[dict[str, Any]] = found["collection"]["actionHistory"]["nodes"]
    return events
