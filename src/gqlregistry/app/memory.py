"""Memory that is not needed any more goes back to the system."""

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give back what is free between what is not, as large answers leave it. It takes some milliseconds, in a thread.

    Only glibc keeps it, and takes this: https://man7.org/linux/man-pages/man3/malloc_trim.3.html.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
