"""How much a client may ask for in a minute: a bucket for each key, which fills at an even pace.

A request costs a point, and one more for each `OBJECTS` that it read, charged when that is known: so one may owe, and
waits until that is paid. Buckets are this process's: with N processes a client may have N times as much.
"""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from gqlregistry.auth import Principal
from gqlregistry.errors import RateLimited

OBJECTS = 100
"""How many objects are read for one point."""

MOST = 20_000
"""How many buckets are remembered. The one that was not used for longest is forgotten first, and is full again."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What is left of an allowance. All but the time in points."""

    limit: int
    remaining: int
    reset_at: datetime
    """When all of it is there again, if nothing is asked until then."""


@dataclass(slots=True)
class Bucket:
    """What one client may still ask for, as of a time on the clock."""

    points: float
    at: float


class Allowance:
    """One client's."""

    def __init__(self, per_minute: int, bucket: Bucket, clock: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._bucket = bucket
        self._clock = clock

    def spend(self) -> None:
        """Pay for a request. Raises `RateLimited` when nothing is left."""
        points = self._filled()
        if points < 1:
            seconds = math.ceil((1 - points) * 60 / self._per_minute)
            raise RateLimited(f"this key has used its {self._per_minute} points a minute", retry_after=seconds)
        self._bucket.points -= 1

    def charge(self, objects: int) -> None:
        """Pay for what a request has read, even if that is more than is left."""
        self._filled()
        self._bucket.points -= objects // OBJECTS

    def told(self) -> RateLimit:
        """What is left."""
        points = self._filled()
        missing = timedelta(minutes=(self._per_minute - points) / self._per_minute)
        return RateLimit(self._per_minute, max(0, math.floor(points)), datetime.now(UTC) + missing)

    def _filled(self) -> float:
        now, bucket = self._clock(), self._bucket
        bucket.points = min(self._per_minute, bucket.points + (now - bucket.at) * self._per_minute / 60)
        bucket.at = now
        return bucket.points


class Allowances:
    """Those of all clients; none has a limit if there is none."""

    def __init__(self, per_minute: int | None, clock: Callable[[], float] = monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[tuple[int, int | None], Bucket] = OrderedDict()

    def of(self, principal: Principal) -> Allowance | None:
        """The allowance of a key. None when there is no limit."""
        if self._per_minute is None:
            return None
        name = principal.user_id, principal.api_key_id
        bucket = self._buckets.setdefault(name, Bucket(self._per_minute, self._clock()))
        self._buckets.move_to_end(name)
        if len(self._buckets) > MOST:
            self._buckets.popitem(last=False)
        return Allowance(self._per_minute, bucket, self._clock)

    def spend(self, principal: Principal) -> None:
        """Pay for a request. Raises `RateLimited`."""
        allowance = self.of(principal)
        if allowance is not None:
            allowance.spend()
