"""Several processes that serve one socket: started, watched, started again when they die, and stopped together."""

import asyncio
import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import structlog

from gqlregistry import logs, metrics
from gqlregistry.app import create_app
from gqlregistry.app.server import Prepare, listen, prepared, serve_on, url_of
from gqlregistry.settings import Settings

log = structlog.get_logger(__name__)

READY = b"ready"
PAUSE = 1.0
"""Seconds before a worker is started again that ended before it could serve."""

LAST_SECONDS = 5.0
"""How long a worker may take to close its stores, when its requests have had their time."""

_CONTEXT = multiprocessing.get_context("spawn")


class WorkersFailed(Exception):
    """The workers end as soon as they start."""


def run(settings: Settings, announce: Callable[[str], None], prepare: Prepare | None = None) -> None:
    """Serve until SIGTERM or SIGINT, in as many processes as settings say.

    `announce` is told the URL once requests are taken, after `prepare` is done. Raises `AddressUnusable`, `KeyNeeded`,
    `WorkersFailed`, and what `open_services` raises.
    """
    with listen(settings.host, settings.port, settings.subscriber_seconds) as listener:

        def ready() -> None:
            announce(url_of(settings, listener))

        if settings.workers == 1:
            serve_on(settings, listener, ready, prepare)
        else:
            asyncio.run(_prepare(settings, prepare))
            with metrics.shared_between_processes():
                Workers(settings, listener).run(ready)


async def _prepare(settings: Settings, prepare: Prepare | None) -> None:
    async with prepared(create_app(settings), settings, prepare):
        pass


@dataclass(slots=True, eq=False)
class Worker:
    """A process, and the line to it: it says when it is ready, and ends when the line does."""

    process: BaseProcess
    line: Connection
    ready: bool = False

    @classmethod
    def start(cls, settings: Settings, listener: socket.socket) -> "Worker":
        """Start one."""
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(settings, listener, theirs), name="gqlregistry worker")
        process.start()
        theirs.close()
        return cls(process, ours)

    def stop(self) -> None:
        """Tell it to stop."""
        with suppress(OSError):
            self.process.terminate()

    def leave(self, deadline: float) -> None:
        """Wait until it has stopped; kill it when it takes too long."""
        self.process.join(max(0, deadline - time.monotonic()))
        if self.process.is_alive():
            log.warning("a worker did not stop in its time and is killed", pid=self.process.pid)
            self.process.kill()
            self.process.join()
        self.line.close()


class Workers:
    """All workers of one server."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener
        self._workers: list[Worker] = []
        self._announced = False
        self._told, self._tell = _CONTEXT.Pipe(duplex=False)

    def run(self, announce: Callable[[], None]) -> None:
        """Serve until SIGTERM or SIGINT; `announce` once all are ready. Raises `WorkersFailed`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._tell.send_bytes(b"stop"))
        try:
            self._workers = [self._start() for _ in range(self._settings.workers)]
            while True:
                signals = wait([self._told, *(each.process.sentinel for each in self._workers), *self._unready()])
                if self._told in signals:
                    return
                self._hear()
                self._restart()
                if not self._announced and all(each.ready for each in self._workers):
                    announce()
                    self._announced = True
        finally:
            self._stop()

    def _start(self) -> Worker:
        return Worker.start(self._settings, self._listener)

    def _unready(self) -> Sequence[Connection]:
        return [each.line for each in self._workers if not each.ready]

    def _hear(self) -> None:
        for each in self._workers:
            with suppress(EOFError, OSError):
                if not each.ready and each.line.poll():
                    each.ready = each.line.recv_bytes() == READY

    def _restart(self) -> None:
        for number, each in enumerate(self._workers):
            if each.process.is_alive():
                continue
            code = each.process.exitcode
            metrics.process_has_ended(each.process.pid or 0)
            each.line.close()
            if not self._announced:
                raise WorkersFailed(f"a worker ended with exit code {code} before it could serve; its log says why")
            log.error("a worker has ended, and another takes its place", pid=each.process.pid, exit_code=code)
            if not each.ready:
                time.sleep(PAUSE)
            self._workers[number] = self._start()

    def _stop(self) -> None:
        for each in self._workers:
            each.stop()
        deadline = time.monotonic() + self._settings.shutdown_seconds + LAST_SECONDS
        for each in self._workers:
            each.leave(deadline)


def _work(settings: Settings, listener: socket.socket, line: Connection) -> None:
    logs.configure(settings.log_level, settings.log_format)

    def follow() -> None:
        # Nothing is ever sent: this ends with the process that started us, however that ended.
        with suppress(EOFError, OSError):
            line.recv_bytes()
        signal.raise_signal(signal.SIGTERM)

    threading.Thread(target=follow, daemon=True).start()
    serve_on(settings, listener, lambda: line.send_bytes(READY))
