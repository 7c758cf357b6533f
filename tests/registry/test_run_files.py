"""The files of a run."""

import pytest

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.registry import blobs, run_files
from gqlregistry.store.tables import Blob, RunFile
from tests.registry.conftest import House

DIGESTS = [f"sha256:{number:064x}" for number in range(2)]


async def test_the_newest_file_of_a_path_stays(house: House) -> None:
    run = (await house.run()).id
    for size, digest in enumerate(DIGESTS):
        await house.do(blobs.expect, digest)
        await house.do(run_files.record_file, run, "media/a.png", digest, size)
    found = await house.look(lambda s: s.get_one(RunFile, (run, "media/a.png")))
    assert (found.digest, found.size) == (DIGESTS[1], 1)
    assert await house.look(lambda s: s.get(Blob, DIGESTS[0])) is not None


async def test_a_file_is_forgotten(house: House) -> None:
    run = (await house.run()).id
    await house.do(blobs.expect, DIGESTS[0])
    await house.do(run_files.record_file, run, "a", DIGESTS[0], 1)
    await house.do(run_files.delete_files, run, ["a", "b"])
    assert await house.look(lambda s: s.get(RunFile, (run, "a"))) is None


@pytest.mark.parametrize("path", ["../a", "/a", "a\0", "", "a\\b"])
async def test_a_path_outside_the_run_is_refused(house: House, path: str) -> None:
    run = (await house.run()).id
    with pytest.raises(BadInput):
        await house.do(run_files.record_file, run, path, DIGESTS[0], 1)
    with pytest.raises(BadInput):
        await house.look(lambda s: run_files.expect_files(s, run, ["a", path]))


async def test_files_need_a_run(house: House) -> None:
    with pytest.raises(NotFound):
        await house.do(run_files.record_file, 99, "a", DIGESTS[0], 1)
    with pytest.raises(NotFound):
        await house.look(lambda s: run_files.expect_files(s, "local/zoo/nothing", ["a"]))
