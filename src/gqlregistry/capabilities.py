"""Links that allow one thing for a short time: to upload the bytes of one digest, or to download them.

Whoever holds a link may do what it says, without a key: browsers, `curl` and training machines get links, not keys.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from gqlregistry.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Upload:
    """Leave to upload the bytes of a digest, exactly `size` of them unless it is None."""

    digest: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Download:
    """Leave to download the bytes of a digest under a file name."""

    digest: str
    filename: str
    seconds: int
    """How long it is still good for."""


class FileLinks:
    """Makes and reads links. All servers that share a key take each other's."""

    def __init__(self, key: bytes, seconds: int) -> None:
        self._key, self._seconds = key, seconds
        self._uploads, self._downloads = self._serializer("upload"), self._serializer("download")

    def upload_url(self, base: str, digest: str, size: int | None = None, filename: str | None = None) -> str:
        """Where to PUT the bytes of a digest. `base` is the server's URL as the client sees it."""
        name = "" if filename is None else f"/{quote(filename.rpartition('/')[2], safe='')}"
        return f"{base.rstrip('/')}/files/{self._uploads.dumps([digest, size])}{name}"

    def download_url(self, base: str, digest: str, filename: str) -> str:
        """Where to GET the bytes of a digest. The last part of the URL is the file's name, for people and tools."""
        name = filename.rpartition("/")[2]
        return f"{base.rstrip('/')}/files/{self._downloads.dumps([digest, name])}/{quote(name, safe='')}"

    def read_upload(self, token: str) -> Upload:
        """What a token allows. Raises `Forbidden` when it is not ours or has expired."""
        digest, size = self._read(self._uploads, token)
        return Upload(digest, size)

    def read_download(self, token: str) -> Download:
        """What a token allows. Raises `Forbidden` when it is not ours or has expired."""
        digest, filename = self._read(self._downloads, token)
        _, made_at = self._downloads.loads(token, return_timestamp=True)
        age = (datetime.now(UTC) - made_at).total_seconds()
        return Download(digest, filename, int(self._seconds - age))

    def token(self, purpose: str, value: Any) -> str:
        """Leave for something else, such as to read the list of an artifact's files."""
        return str(self._serializer(purpose).dumps(value))

    def read_token(self, purpose: str, token: str) -> Any:
        """What a token for that purpose allows. Raises `Forbidden` when it is not ours or has expired."""
        return self._read(self._serializer(purpose), token)

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})

    def _read(self, serializer: Any, token: str) -> Any:
        try:
            return serializer.loads(token, max_age=self._seconds)
        except SignatureExpired as error:
            raise Forbidden("this link has expired: ask for a new one") from error
        except BadSignature as error:
            raise Forbidden("this link is not valid") from error
