"""Another process: it starts when it is needed, ends when it is not, and nobody is lost with it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gqlregistry import apart as apart_module
from gqlregistry.apart import Apart

SECONDS = 20
OTHER = """
import asyncio, os, socket, sys
from pathlib import Path
from gqlregistry.apart import answering, called

async def main():
    line, opening = await called(socket.socket(fileno=int(sys.argv[1])))
    if opening == "refuse":
        return

    async def answer(question):
        match question:
            case "opening":
                return opening
            case "nice":
                return os.nice(0)
            case ("wait", path):
                Path(path).touch()
                try:
                    await asyncio.sleep(60)
                finally:
                    Path(path).unlink()
            case "long":
                return b"x" * 3_000_000
            case _:
                return [question]

    await answering(line, answer)

asyncio.run(main())
"""


@asynccontextmanager
async def another(
    folder: Path, monkeypatch: pytest.MonkeyPatch, opening: Any = "hello", idle_seconds: float = 60
) -> AsyncIterator[Apart]:
    (folder / "another_process.py").write_text(OTHER)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))
    apart = Apart("another_process", opening, idle_seconds)
    try:
        yield apart
    finally:
        pid = apart.pid
        await apart.close()
        assert pid is None or not Path(f"/proc/{pid}").exists()


async def until_there(path: Path, there: bool = True) -> None:
    ends = time.monotonic() + SECONDS
    while path.exists() is not there:
        assert time.monotonic() < ends
        await asyncio.sleep(0.01)


async def test_nobody_waits_for_its_start_who_does_not_want_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with another(tmp_path, monkeypatch) as apart:
        assert apart.pid is None
        assert await apart.answer(1) is None
        assert await apart.answer(2, wait=True) == [2]
        assert await apart.answer(3) == [3]
        assert await apart.answer("opening") == "hello"
        assert await apart.answer("nice") >= apart_module.NICENESS


async def test_many_are_answered_at_once_each_with_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with another(tmp_path, monkeypatch) as apart:
        numbers = range(50)
        assert await asyncio.gather(*(apart.answer(each, wait=True) for each in numbers)) == [[n] for n in numbers]
        assert len(await apart.answer("long")) == 3_000_000


async def test_what_is_given_up_here_is_given_up_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with another(tmp_path, monkeypatch) as apart:
        going = tmp_path / "going"
        waiting = asyncio.create_task(apart.answer(("wait", str(going)), wait=True))
        await until_there(going)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await until_there(going, False)
        assert await apart.answer(1) == [1]


async def test_when_it_is_killed_all_who_wait_hear_of_it_and_another_starts_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with another(tmp_path, monkeypatch) as apart:
        going = tmp_path / "going"
        waiting = asyncio.create_task(apart.answer(("wait", str(going)), wait=True))
        await until_there(going)
        assert apart.pid is not None
        os.kill(apart.pid, signal.SIGKILL)
        assert await waiting is None
        # One that fails again and again would take more than it gives.
        assert await apart.answer(1, wait=True) is None
        await until(apart, running=False)
        assert await apart.answer(1, wait=True) is None
        monkeypatch.setattr(apart, "_paused_until", 0.0)
        assert await apart.answer(1, wait=True) == [1]


async def test_one_that_can_not_start_is_waited_for_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with another(tmp_path, monkeypatch, opening="refuse") as apart:
        assert await apart.answer(1, wait=True) is None
        assert await apart.answer(1, wait=True) is None


async def test_one_of_another_release_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(apart_module, "__version__", "0.0.1")
    async with another(tmp_path, monkeypatch) as apart:
        assert await apart.answer(1, wait=True) is None
    assert "OtherRelease" in capfd.readouterr().err


async def test_it_ends_when_it_is_not_needed_and_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with another(tmp_path, monkeypatch, idle_seconds=0.2) as apart:
        going = tmp_path / "going"
        waiting = asyncio.create_task(apart.answer(("wait", str(going)), wait=True))
        await until_there(going)
        await asyncio.sleep(0.4)
        assert apart.pid is not None
        waiting.cancel()
        # Whoever comes at the moment at which it ends is answered, or told that it is not.
        for milliseconds in range(190, 210, 2):
            assert await apart.answer(1) in ([1], None)
            await asyncio.sleep(milliseconds / 1000)
        await until(apart, running=False)
        assert await apart.answer(1, wait=True) == [1]


async def until(apart: Apart, *, running: bool) -> None:
    ends = time.monotonic() + SECONDS
    while (apart.pid is not None) is not running:
        assert time.monotonic() < ends
        await asyncio.sleep(0.01)
