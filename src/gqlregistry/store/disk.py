"""What a folder of blobs needs of its disk, and an object store does of itself: what was written stays written."""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from gqlregistry.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")


def flush(root: Path, path: Path) -> None:
    """Flush a file, and the folders down to it: each may be new."""
    folders = [folder for folder in path.parents if folder == root or root in folder.parents]
    for each in (path, *folders):
        _flush_one(each)


def _flush_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(root: Path, paths: Sequence[str]) -> None:
    """Remove files, for good; those that are not there are."""
    for path in paths:
        (root / path).unlink(missing_ok=True)
    # A name that comes back after a power loss would be known to nobody.
    for folder in {(root / path).parent for path in paths}:
        if folder.exists():
            _flush_one(folder)


def remove_old(folder: Path, before: float) -> int:
    """Remove the files of a folder that are older than a time; answer how many."""
    removed = 0
    for path in folder.glob("*"):
        # What has just arrived whole is gone from here.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed


async def on_disk(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that works on the disk in a thread. Raises `Unavailable` for what the disk refuses."""
    try:
        return await asyncio.to_thread(function, *args, **kwargs)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unavailable(f"the disk of the blob store can't serve this now: {error.strerror}") from error
