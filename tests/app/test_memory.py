"""What is free goes back to the system."""

import platform
from pathlib import Path

import pytest

from gqlregistry.app.memory import give_back

MEGABYTE = 2**20


def resident() -> int:
    """Megabytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(each.split()[1]) for each in status.splitlines() if each.startswith("RssAnon")) // 1024


def test_it_may_be_called_anywhere() -> None:
    give_back()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others keep nothing")
def test_what_is_between_what_is_still_used_is_given_back() -> None:
    kept = [bytearray(MEGABYTE // 16) for _ in range(16 * 64)]
    kept = kept[::16]
    before = resident()
    give_back()
    assert resident() < before - 32
    assert len(kept) == 64
