"""A disk whose fsync takes longer than the one at hand: what a virtual disk or a hard disk does to durable writes."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
#define SLOW(name) int name(int file) { \\
    usleep(MICROSECONDS); return ((int (*)(int)) dlsym(RTLD_NEXT, #name))(file); }
SLOW(fsync)
SLOW(fdatasync)
"""
PRELOADED = "LD_PRELOAD"


def restart_with_slow_fsync(milliseconds: float, folder: Path) -> None:
    """Run this program again, it and its children with so much more time for each fsync. Needs Linux and `cc`.

    Returns at once in the program that was run again.
    """
    library = folder / f"slow_fsync_{milliseconds:g}.so"
    if os.environ.get(PRELOADED) == str(library):
        return
    command = ["cc", "-shared", "-fPIC", f"-DMICROSECONDS={milliseconds * 1000:.0f}", "-xc", "-", "-o", str(library)]
    subprocess.run([*command, "-ldl"], input=SOURCE.encode(), check=True)
    os.execve(sys.executable, sys.orig_argv, os.environ | {PRELOADED: str(library)})
