"""In which order the log may be told, so that who goes on behind a key misses nothing.

An event's key is taken from a sequence while its transaction runs. Transactions overlap: one may take 7 and end after
another took 8 and ended. Who saw 8 and goes on behind it would never see 7. So a key is told only when all smaller ones
are settled: their rows are visible, or never will be. Then order of key is order of telling, and a key is a cursor.

That a key is the next one after those told is enough: nothing is between. Behind a gap, this shows it to be dead:

 1. Rows are read; the highest is h. All keys up to h have been taken by now.
 2. The transactions that have written to the table and have not ended are read: W. Whoever has taken a missing key up
    to h had locked the table before, so it is in W, or it has ended by now.
 3. Later, none of W is left. So whoever had taken a key up to h has ended; what is to become visible is visible.
 4. Rows are read again, in a new snapshot. A key up to h that is still missing was never written.

Only transactions that write events can hold this up, as long as they last, and only behind a gap: no table is locked,
no clock is trusted, and writers do nothing for it. On SQLite there is one writer, and W is empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Order:
    """How far the log may be told. Each round: `blocked` with W, read the rows, `settle`, `wait_for` what is left."""

    settled: int
    """All events up to this key may be told; every snapshot from now on has them."""
    _highest: int = 0
    _writers: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        """Whether there is a gap, and `blocked` is to be told who writes before rows are read again."""
        return self._highest > self.settled

    def blocked(self, writers: frozenset[str]) -> bool:
        """Whether one who may fill the gap has not ended."""
        return not self._writers.isdisjoint(writers)

    def settle(self, keys: Sequence[int], blocked: bool) -> int:
        """How many of the keys behind `settled`, in order, as they are read now, may be told."""
        count = 0
        if self.waits and not blocked:
            # Not up to `_highest` at once: perhaps not all of them were read.
            count = sum(key <= self._highest for key in keys)
            self.settled = keys[count - 1] if count else self.settled
        for key in keys[count:]:
            if key != self.settled + 1:
                break
            self.settled = key
            count += 1
        return count

    def wait_for(self, highest: int, writers: frozenset[str]) -> None:
        """There is a gap below `highest`, which was read before `writers` were. Until it is closed, that stays so."""
        if not self.waits:
            self._highest, self._writers = highest, writers
