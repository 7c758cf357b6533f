"""The commands, as people run them."""

import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner

from gqlregistry.access import Access
from gqlregistry.cli import main
from tests.serving import command, process

PAST_ALL_RIGHTS = os.geteuid() == 0
KEY = "local-" + "0123456789" * 4


def test_the_command_that_is_installed_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    installed = [Path(sys.executable).with_name("gqlregistry"), "serve", "--port", "0", "--data", tmp_path]
    with subprocess.Popen(installed, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        assert httpx.get(f"{url}/healthz").status_code == 200
        server.terminate()
        assert server.wait(30) == 0


def test_serve_answers_and_says_where(tmp_path: Path) -> None:
    with process("--data", str(tmp_path / "new" / "data")) as server:
        assert httpx.get(f"{server.url}/healthz").status_code == 200
        assert httpx.get(f"{server.url}/readyz").json() == {"status": "ready"}
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700


def test_sigterm_ends_requests_in_progress_and_then_the_server(tmp_path: Path) -> None:
    with process("--data", str(tmp_path)) as server:
        host, _, port = server.url.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{")
            time.sleep(0.2)
            finishing = threading.Timer(0.5, lambda: connection.sendall(b"}"))
            finishing.start()
            code, errors = server.stop(signal.SIGTERM)
            finishing.join()
            assert connection.recv(15).startswith(b"HTTP/1.1 4")
    assert code == 0
    assert "Traceback" not in errors


def test_a_signal_that_comes_at_once_is_not_lost(tmp_path: Path) -> None:
    with process("--data", str(tmp_path)) as server:
        assert server.stop(signal.SIGTERM)[0] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_a_closed_database(tmp_path: Path, number: int) -> None:
    with process("--data", str(tmp_path)) as server:
        httpx.get(f"{server.url}/readyz")
        code, errors = server.stop(number)
    assert (code, "Traceback" in errors) == (0, False)
    assert not (tmp_path / "registry.db-wal").exists()


def failing(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    done = command(*arguments, env=env)
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stderr


def failing_inside(*arguments: str) -> tuple[int, str]:
    done = inside(*arguments)
    return done.returncode, done.stderr


def inside(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in this process, which spares it its start."""
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, message = failing("serve", "--port", port, "--data", str(tmp_path))
    assert code == 3
    assert f"can't listen on 127.0.0.1 port {port}" in message
    assert "--port" in message


def test_an_address_that_is_not_ours(tmp_path: Path) -> None:
    code, message = failing("serve", "--host", "192.0.2.1", "--data", str(tmp_path))
    assert (code, "can't listen on 192.0.2.1" in message) == (3, True)


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    code, message = failing("serve", "--port", "0", "--data", str(tmp_path / "data"))
    assert (code, f"{tmp_path / 'data'} can't be written" in message) == (4, True)


@pytest.mark.skipif(PAST_ALL_RIGHTS, reason="root may write everywhere")
def test_a_data_folder_without_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    code, message = failing("serve", "--port", "0", "--data", str(tmp_path))
    assert (code, "can't be written" in message) == (4, True)


@pytest.mark.parametrize("arguments", [("serve", "--port", "0"), ("db", "upgrade")])
def test_a_database_that_cannot_be_reached(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"postgresql://me:secret@127.0.0.1:{port}/registry"
    code, message = failing(*arguments, "--data", str(tmp_path), "--database", url)
    assert code == 5
    assert "database registry on 127.0.0.1 can't be reached" in message
    assert "secret" not in message


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "registry.db").write_bytes(b"not a database, but long enough to look at it" * 100)
    code, message = failing("serve", "--port", "0", "--data", str(tmp_path))
    assert (code, "not a SQLite database" in message) == (5, True)


def test_a_schema_of_a_newer_program(tmp_path: Path) -> None:
    command("db", "upgrade", "--data", str(tmp_path))
    connection = sqlite3.connect(tmp_path / "registry.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    code, message = failing("serve", "--port", "0", "--data", str(tmp_path))
    assert code == 6
    assert "schema 9999" in message
    assert "newer gqlregistry" in message


def test_a_public_address_needs_a_key(tmp_path: Path) -> None:
    code, message = failing("serve", "--host", "0.0.0.0", "--port", "0", "--data", str(tmp_path))
    assert (code, "gqlregistry key create NAME --admin" in message) == (7, True)
    assert command("key", "create", "alice", "--admin", "--data", str(tmp_path)).returncode == 0
    with process("--host", "0.0.0.0", "--data", str(tmp_path)) as server:
        assert server.url.startswith("http://")


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (("--database", "mysql://host/x"), {}, "mysql is not a kind of database"),
        (("--blobs", "blobs"), {}, "needs a scheme"),
        ((), {"GQLREGISTRY_PORT": "many"}, "GQLREGISTRY_PORT"),
        ((), {"GQLREGISTRY_PUBLIC_URL": "registry.example"}, "GQLREGISTRY_PUBLIC_URL"),
    ],
)
def test_a_setting_that_cannot_be_used(
    tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    port = () if "GQLREGISTRY_PORT" in env else ("--port", "0")
    code, message = failing("serve", "--data", str(tmp_path), *port, *arguments, env={**os.environ, **env})
    assert (code, said in message) == (2, True)


def test_the_environment_sets_what_options_do_not(tmp_path: Path) -> None:
    env = {**os.environ, "GQLREGISTRY_DATA": str(tmp_path / "by env")}
    assert command("db", "upgrade", env=env).returncode == 0
    assert (tmp_path / "by env" / "registry.db").exists()
    assert command("db", "upgrade", "--data", str(tmp_path / "by option"), env=env).returncode == 0
    assert (tmp_path / "by option" / "registry.db").exists()


def test_a_key_is_printed_once_and_kept_hashed(tmp_path: Path) -> None:
    made = command("key", "create", "alice", "--data", str(tmp_path))
    secret = made.stdout.strip()
    assert len(secret) >= 40
    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.glob("registry.db*"))


def test_a_secret_of_ones_own_can_be_given(tmp_path: Path) -> None:
    assert inside("key", "create", "local", "--key", KEY, "--data", str(tmp_path)).stdout.strip() == KEY
    code, message = failing_inside("key", "create", "local", "--key", "short", "--data", str(tmp_path))
    assert (code, "at least 40" in message) == (2, True)


def test_a_key_made_while_the_server_runs_is_needed_soon(tmp_path: Path) -> None:
    with process("--data", str(tmp_path)) as server:
        ask = {"query": "{ viewer { username } }"}
        assert httpx.post(f"{server.url}/graphql", json=ask).status_code == 200
        secret = command("key", "create", "alice", "--data", str(tmp_path)).stdout.strip()
        ends = time.monotonic() + 2 * Access.LAST_SECONDS
        while httpx.post(f"{server.url}/graphql", json=ask).status_code != 401:
            assert time.monotonic() < ends
            time.sleep(0.1)
        answer = httpx.post(f"{server.url}/graphql", json=ask, headers={"Authorization": f"Bearer {secret}"})
        assert answer.json()["data"] == {"viewer": {"username": "alice"}}


def test_the_log_is_verified(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    inside("key", "create", "alice", *data)
    (tmp_path / "checkpoints").write_text(inside("audit", "checkpoint", *data).stdout)
    verify = ("audit", "verify", "--checkpoint", str(tmp_path / "checkpoints"), *data)
    assert inside(*verify).stdout == "The log is whole.\n"
    code, message = failing_inside(*verify, "--signed-by", "00" * 32)
    assert (code, "is signed by" in message) == (2, True)
    connection = sqlite3.connect(tmp_path / "registry.db")
    connection.execute("DROP TRIGGER action_event_no_update")
    connection.execute("UPDATE action_event SET reason = 'because' WHERE id = 2")
    connection.commit()
    connection.close()
    done = inside("audit", "verify", *data)
    assert (done.returncode, done.stdout.splitlines()[0].startswith("event 2 does not follow")) == (8, True)
    assert failing_inside("audit", "checkpoint", *data)[0] == 8


def test_a_backup_is_taken_and_restored(tmp_path: Path) -> None:
    old, new, folder = (str(tmp_path / name) for name in ("old", "new", "backup"))
    inside("key", "create", "alice", "--data", old)
    taken = inside("backup", folder, "--data", old)
    assert (taken.returncode, taken.stdout.startswith("The backup is whole: ")) == (0, True)
    restored = inside("restore", folder, "--data", new)
    assert (restored.returncode, restored.stdout.startswith("All is restored and verified: ")) == (0, True)
    assert inside("key", "list", "--data", new).stdout.split("\t")[1] == "alice"
    code, message = failing_inside("restore", folder, "--data", new)
    assert (code, "not empty" in message) == (2, True)


def test_the_schema_is_printed() -> None:
    assert "type Query" in command("schema").stdout


def test_every_command_and_option_has_help() -> None:
    def commands(group: Any, *words: str) -> Iterator[tuple[str, ...]]:
        yield words
        for name, inner in getattr(group, "commands", {}).items():
            yield from commands(inner, *words, name)

    for words in commands(typer.main.get_command(main)):
        shown = CliRunner().invoke(main, [*words, "--help"])
        assert (shown.exit_code, "Usage" in shown.output) == (0, True), words


def test_trusted_documents_are_listed_once_they_are_valid(tmp_path: Path) -> None:
    (tmp_path / "who.graphql").write_text("{ viewer { username } }")
    listed = CliRunner().invoke(main, ["documents", str(tmp_path)])
    digest = hashlib.sha256(b"{ viewer { username } }").hexdigest()
    assert (listed.exit_code, listed.stdout) == (0, f"sha256:{digest}\twho\n")
    (tmp_path / "who.graphql").write_text("{ viewer { password } }")
    refused = CliRunner().invoke(main, ["documents", str(tmp_path)])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "who.graphql, line 1: Cannot query field 'password'" in refused.stderr


def test_a_key_has_the_scope_the_label_and_the_days_that_are_said(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    inside("key", "create", "ann", *data)
    inside("key", "create", "ann", "--scope", "read", "--label", "board", "--days", "2", *data)
    inside("key", "create", "ann", "--admin", *data)
    inside("key", "create", "local", *data)
    code, message = failing_inside("key", "create", "ann", "--admin", "--scope", "read", *data)
    assert (code, "another scope" in message) == (2, True)
    listed = [line.split("\t") for line in inside("key", "list", *data).stdout.splitlines()]
    assert [(owner, scope) for _, owner, scope, *_ in listed] == [
        ("ann", "write"),
        ("ann", "read"),
        ("ann", "admin"),
        ("local", "admin"),
    ]
    assert listed[1][3] == "never used"
    assert listed[1][4].startswith("until 20")
    assert listed[1][5] == "board"
    assert inside("key", "revoke", listed[1][0], *data).returncode == 0
    assert [line.split("\t")[0] for line in inside("key", "list", *data).stdout.splitlines()] == ["1", "3", "4"]
    assert failing_inside("key", "revoke", "99", *data)[0] == 2
