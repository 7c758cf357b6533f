"""`gqlregistry` in processes of their own, that do not load it first: that takes most of their time."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gqlregistry import cli

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.preloaded"])


class Forked:
    """A command that runs, and what it has written."""

    def __init__(self, arguments: tuple[str, ...], env: Mapping[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._written = Path(self._folder.name, "stdout"), Path(self._folder.name, "stderr")
        for each in self._written:
            each.touch()
        given = dict(os.environ if env is None else env)
        self._process = _CONTEXT.Process(target=_run, args=(arguments, given, str(Path.cwd()), *self._written))
        self._process.start()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended: by a code, by minus a signal, or not yet."""
        return self._process.exitcode

    @property
    def stdout(self) -> str:
        """What it has written so far."""
        return self._written[0].read_text()

    @property
    def stderr(self) -> str:
        """What it has complained of so far."""
        return self._written[1].read_text()

    def wait(self, seconds: float) -> int:
        """Its code, once it has ended. Raises `TimeoutError`."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError(self.stdout + self.stderr)
        return self._process.exitcode

    def kill(self) -> None:
        """End it at once, if it has not ended, and forget what it has written."""
        self._process.kill()
        self._process.join()
        self._folder.cleanup()


def _run(arguments: tuple[str, ...], env: dict[str, str], folder: str, stdout: Path, stderr: Path) -> None:
    for number, path in enumerate((stdout, stderr), start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["gqlregistry", *arguments]
    cli.main()
