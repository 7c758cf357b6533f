"""All rows as one file: out of either kind of database, into either, and out again the same."""

import json
from pathlib import Path
from random import Random

import pytest

from gqlregistry.backup import export_rows, import_rows
from gqlregistry.errors import BadInput, Conflict
from gqlregistry.registry import artifacts, people
from gqlregistry.registry.files import File
from gqlregistry.services import Services
from gqlregistry.store import Database, open_database
from gqlregistry.store.blobs import open_blobs
from gqlregistry.uploads import put
from tests.conftest import on_sqlite
from tests.durability.test_backup import CONTENT, DIGEST, OTHER_KIND, streamed
from tests.registry.conftest import House
from tests.registry.test_fold import _apply_all, random_step, restore
from tests.serving import command


@pytest.mark.parametrize(("database_url", "empty_database_url"), OTHER_KIND, indirect=True)
@pytest.mark.parametrize("seed", [1])
async def test_import_after_export_is_the_identity(
    database: Database, empty_database_url: str, tmp_path: Path, seed: int
) -> None:
    actor = (await database.write(people.ensure_defaults)).local
    pick = Random(seed)
    await _apply_all(database, actor, restore(pick) + [random_step(pick) for _ in range(60)])
    first, second, third = (tmp_path / name for name in ("first.ndjson", "second.ndjson", "third.ndjson.gz"))
    assert (await export_rows(database, first)).rows > 100
    other = open_database(empty_database_url, tmp_path)
    await other.upgrade()
    await import_rows(other, open_blobs(None, tmp_path), first)
    await export_rows(other, second)
    assert second.read_bytes() == first.read_bytes()
    with pytest.raises(Conflict, match="not empty"):
        await import_rows(other, open_blobs(None, tmp_path), first)
    await export_rows(other, third)
    await other.close()
    again = open_database(f"sqlite:///{tmp_path / 'again.db'}", tmp_path)
    await again.upgrade()
    await import_rows(again, open_blobs(None, tmp_path), third)
    await export_rows(again, second)
    assert second.read_bytes() == first.read_bytes()
    await again.close()


@on_sqlite
async def test_what_is_not_whole_is_not_imported(services: Services, tmp_path: Path) -> None:
    house = House(services.database, services.local)
    await house.project()
    await put(services, DIGEST, streamed(CONTENT))
    files = [File("greeting", DIGEST, len(CONTENT))]
    await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", files=files, commit=True)
    await export_rows(services.database, tmp_path / "all.ndjson")
    whole = (tmp_path / "all.ndjson").read_bytes()
    (tmp_path / "empty").mkdir()
    empty = open_database(None, tmp_path / "empty")
    await empty.upgrade()
    for content, told in (
        (whole[: len(whole) // 2], "not a whole"),
        (whole.replace(b"dataset", b"datasex"), "its digest is another"),
        (b"", "not a backup|not a whole"),
        (b"\x1f\x8bnothing", "not a backup|not a whole"),
        (whole, "lacks the bytes"),
    ):
        (tmp_path / "harmed.ndjson").write_bytes(content)
        with pytest.raises((BadInput, Conflict), match=told):
            await import_rows(empty, open_blobs(None, tmp_path / "nowhere"), tmp_path / "harmed.ndjson")
    done = await import_rows(empty, services.blobs, tmp_path / "all.ndjson")
    assert (done.already_there, list(done.gone)) == (1, [])
    await empty.close()


def test_by_command_what_was_exported_comes_into_an_empty_store_and_nothing_else(tmp_path: Path) -> None:
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    assert command("key", "create", "maya", "--data", first).returncode == 0
    written = tmp_path / "all.ndjson"
    exported = command("export", str(written), "--data", first)
    assert (exported.returncode, exported.stdout.startswith("The export is whole: ")) == (0, True)
    newer = tmp_path / "newer.ndjson"
    head, *rest = written.read_text().splitlines(keepends=True)
    of_later = {"gqlregistry": "99.1", "schema": "9999"}
    newer.write_text(
        "".join([f"{json.dumps(json.loads(head) | of_later)}\n", '{"table": "later", "columns": []}\n', *rest])
    )
    for file, said in ((newer, "99.1"), (tmp_path / "none.ndjson", "none.ndjson is missing")):
        refused = command("import", str(file), "--data", second)
        assert refused.returncode != 0
        assert said in refused.stderr
        assert "Traceback" not in refused.stderr
    assert command("import", str(written), "--data", second).returncode == 0
    again = command("import", str(written), "--data", second)
    assert again.returncode != 0
    assert "not empty" in again.stderr
    assert "maya" in command("key", "list", "--data", second).stdout
