"""All settings. Each can be given as GQLREGISTRY_<NAME>; options of the command line win over the environment.

`python -m gqlregistry.settings docs/configuration.md` writes the table of docs/configuration.md anew.
"""

import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GQLREGISTRY_"

TrustedDocumentsMode = Literal["off", "allow", "only"]


class Settings(BaseSettings):
    """How one server runs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    host: str = Field(
        default="127.0.0.1", description="Address to listen on. Any but a loopback address needs an API key."
    )
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="How many processes serve. One uses one core. Limits that hold for a process hold for each.",
    )
    data: Path = Field(
        default=Path("data"), description="Folder for the SQLite file and the blobs. Made at the first start."
    )
    database: str | None = Field(
        default=None,
        description="`sqlite:////path/to/file` or `postgresql://user:password@host/name`. Default: `registry.db` "
        "in the data folder.",
    )
    read_database: str | None = Field(
        default=None,
        description="A PostgreSQL that follows the database (a streaming replica), or an address behind which several "
        "do. Queries are answered there once it has all that was written before; until then by the database itself.",
    )
    blobs: str | None = Field(
        default=None,
        description="Where bytes are kept: `file:///folder`, `s3://bucket/prefix`, `gs://…`, `az://…`. Default: "
        "`blobs` in the data folder.",
    )
    bucket_links: bool = Field(
        default=True,
        description="Whether clients are sent to a bucket by signed URLs, to put bytes there and to get them. Off: all "
        "bytes pass through the server, as for a bucket that only the server can reach.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/?#\s]+[^?#\s]*$",
        description="The URL that clients reach the server by, when a proxy stands before it. Links start with it. "
        "Default: what the request names.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged."
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto", description="`json` writes a JSON object a line; `auto` does so unless a terminal reads."
    )
    max_body_bytes: int = Field(
        default=1024 * 1024, ge=1024, description="The longest request body taken, file uploads apart."
    )
    max_wandb_body_bytes: int = Field(
        default=16 * 1024 * 1024,
        ge=1024,
        description="The same for the wandb client, which sends the metrics of many steps at once.",
    )
    body_seconds: float = Field(
        default=30,
        gt=0,
        description="How long a request body may take to arrive; for a file upload, how long it may pause.",
    )
    header_seconds: float = Field(
        default=10, gt=0, description="How long the head of a request may take to arrive, and a connection to send one."
    )
    max_connections: int = Field(
        default=6000, ge=1, description="How many connections one process keeps open, those of subscribers among them."
    )
    max_connections_per_address: int = Field(
        default=1000,
        ge=1,
        description="The same for one client's address; of IPv6, for its network of 64 bits. Not counted where "
        "`GQLREGISTRY_PUBLIC_URL` says that a proxy stands before the server.",
    )
    max_query_tokens: int = Field(default=2000, ge=100, description="The longest GraphQL document taken, in tokens.")
    max_query_cost: int = Field(
        default=500_000,
        ge=100,
        description="How many nodes one query may ask for, by its `first` arguments multiplied down.",
    )
    query_seconds: float = Field(
        default=30, gt=0, description="How long a query may take. What takes longer is given up, and so answered."
    )
    long_queries_apart: bool = Field(
        default=True,
        description="Whether long queries are answered by a process of their own while several users ask, so that "
        "short ones do not wait for them. It takes some 100 MB, and ends a minute after the last of them.",
    )
    trusted_documents: TrustedDocumentsMode = Field(
        default="off",
        description="`allow`: a request may name a document by `documentId`. `only`: nothing but trusted documents "
        "is executed, and what the server's own pages send.",
    )
    documents: Path | None = Field(
        default=None, description="Folder of the trusted documents, `*.graphql`; folders within it count."
    )
    rate_limit: int | None = Field(
        default=None,
        ge=1,
        description="How many points a key may spend in a minute, in each process: one for a request, one for each 100 "
        "objects that it reads. Default: as many as it likes.",
    )
    max_page_size: int = Field(default=100, ge=1, description="The largest `first` or `last`.")
    max_subscribers: int = Field(
        default=5000, ge=1, description="How many WebSockets and event streams one process keeps open."
    )
    max_subscriptions: int = Field(
        default=100, ge=1, description="How many operations may run at once over one WebSocket."
    )
    subscriber_seconds: float = Field(
        default=30,
        gt=0,
        description="How long a subscriber may take nothing of what it is sent. Then it is dropped, and can go on "
        "after the last cursor that it has received.",
    )
    ping_seconds: float = Field(
        default=15, gt=0, description="How often a WebSocket is pinged, and an event stream kept from being idle."
    )
    allowed_origins: str | None = Field(
        default=None,
        description="Origins of web pages elsewhere that may ask and subscribe with an API key, such as "
        "`https://app.example.com`, separated by commas. Those of the server itself and of its public URL always may.",
    )
    file_url_seconds: int = Field(
        default=3600, ge=1, description="How long a link to upload or download a file is good for."
    )
    session_seconds: int = Field(
        default=7 * 24 * 60 * 60,
        ge=60,
        description="How long a browser stays signed in. Revoking the key, or its expiry, ends it sooner.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^https?://[^?#\s]+$",
        description="The issuer of an OpenID provider, for single sign-on in the browser. Its metadata are at "
        "`/.well-known/openid-configuration` below it. Needs `gqlregistry[oidc]`.",
    )
    oidc_client_id: str | None = Field(default=None, description="What this server is to the provider.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="What it shows to the provider.")
    oidc_create_users: bool = Field(
        default=False,
        description="Whether who signs in for the first time, and has the e-mail address of no user, becomes one. Not "
        "for providers where anybody can have an account.",
    )
    run_silence_seconds: float = Field(
        default=300,
        gt=0,
        description="How long a run that sends heartbeats may be silent before it counts as crashed.",
    )
    upkeep_seconds: float = Field(
        default=60,
        gt=0,
        description="How often the server looks for runs that fell silent, versions whose time is over, and bytes that "
        "nothing holds.",
    )
    blob_grace_seconds: float = Field(
        default=24 * 60 * 60,
        ge=60,
        description="How long bytes stay that no version, draft or run holds, such as those of a client that was "
        "killed. Longer than a version takes from its first byte to its commit.",
    )
    slow_seconds: float = Field(
        default=1, gt=0, description="Operations that take longer are logged, with the digest of their document."
    )
    traces: str | None = Field(
        default=None,
        pattern=r"^https?://[^?#\s]+$",
        description="Where to send traces: an OpenTelemetry collector, by OTLP over HTTP, such as "
        "`http://localhost:4318`. Needs `gqlregistry[otel]`.",
    )
    webhook_private_addresses: bool = Field(
        default=False,
        description="Whether webhooks may be sent to private, loopback and link-local addresses. The address that is "
        "connected to counts, whatever its name.",
    )
    webhook_plain_http: bool = Field(
        default=False, description="Whether webhooks may be sent by `http://`, where others may read them on the way."
    )
    webhook_failing_seconds: float = Field(
        default=5 * 24 * 60 * 60,
        gt=0,
        description="How long all attempts of a webhook may fail before it is turned off.",
    )
    webhook_kept_seconds: float = Field(
        default=30 * 24 * 60 * 60,
        gt=0,
        description="How long it is kept what was delivered to webhooks, and what failed for good.",
    )
    shutdown_seconds: int = Field(
        default=10, ge=1, description="How long requests in progress may go on after SIGTERM."
    )


def table() -> str:
    """All settings as a Markdown table."""
    lines = ["| variable | default | what it is |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def main(path: Path) -> None:
    """Replace the table in a Markdown file: it begins at `| variable |` and ends at an empty line."""
    before, _, rest = path.read_text().partition("| variable |")
    _, _, after = rest.partition("\n\n")
    path.write_text(f"{before}{table()}\n{after}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
