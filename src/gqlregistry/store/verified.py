"""Bytes on their way in, that are checked as they pass."""

import hashlib
from collections.abc import AsyncIterator

from gqlregistry.errors import BadInput


class Verified:
    """A stream that fails at its end unless it was what its digest and size say, if they say something.

    Its `size` and `digest` are right when it has ended.
    """

    def __init__(self, stream: AsyncIterator[bytes], digest: str = "sha256:", size: int | None = None) -> None:
        self.size, self.digest = 0, digest
        self._expected, self._stream = size, stream

    async def chunks(self) -> AsyncIterator[bytes]:
        """The stream. Raises `BadInput` at its end, or once it is too long."""
        algorithm, _, expected = self.digest.partition(":")
        digest = hashlib.new(algorithm, usedforsecurity=False)
        async for chunk in self._stream:
            self.size += len(chunk)
            if self._expected is not None and self.size > self._expected:
                raise BadInput(f"more than the {self._expected} bytes announced have arrived", "size")
            digest.update(chunk)
            yield chunk
        if self._expected is not None and self.size != self._expected:
            raise BadInput(f"{self.size} bytes have arrived, {self._expected} were announced", "size")
        found = f"{algorithm}:{digest.hexdigest()}"
        if expected and found != self.digest:
            raise BadInput(f"the bytes have digest {found}, not {self.digest}", "digest")
        self.digest = found
