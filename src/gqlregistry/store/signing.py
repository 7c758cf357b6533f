"""Signed URLs: leave to put one object into a bucket, or to get one, for a while and without credentials."""

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import AzureStore, GCSStore, ObjectStore, S3Store

if TYPE_CHECKING:
    from obstore import SignCapableStore

log = structlog.get_logger(__name__)

LONGEST = 7 * 24 * 60 * 60
"""Seconds that S3 and Google take at most."""

AT_ONCE = 5 * 2**30
"""How many bytes S3 and Google take, and copy, in one piece."""


class Signer:
    """Signs for a bucket, as long as the credentials that the server has can."""

    def __init__(self, store: "SignCapableStore") -> None:
        self._store = store
        self._warned = False

    @classmethod
    def of(cls, store: ObjectStore) -> "Signer | None":
        """The signer of a store, if there is such a thing."""
        return cls(store) if isinstance(store, AzureStore | GCSStore | S3Store) else None

    def may_put(self, size: int) -> bool:
        """Whether a client may put so many bytes there by itself."""
        # Azure wants a header besides, which a URL can't carry.
        return not isinstance(self._store, AzureStore) and size <= AT_ONCE

    async def url(self, method: Literal["GET", "PUT"], path: str, seconds: int) -> str | None:
        """Leave for one thing. None if the credentials can't sign, such as those of somebody unknown."""
        lasting = timedelta(seconds=max(1, min(seconds, LONGEST)))
        try:
            return await obstore.sign_async(self._store, method, path, lasting)
        except BaseError as error:
            if not self._warned:
                log.warning("the bucket's credentials can't sign: bytes pass through the server", reason=str(error))
                self._warned = True
            return None
