"""What no answer may be: a fault of the server, a leak of its insides, an error without a code, or late."""

import json
import re
import resource
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gqlregistry.errors import ErrorCode

SLOW_SECONDS = 2.0
"""Of this process's own time, which a busy machine does not add to."""

GROWTH = 96 * 2**20
"""Bytes by which the process may grow while thousands of requests are answered, caches filled before."""

HERE = Path(__file__).parents[2]
"""Where the server's sources are."""

_LEAKS = re.compile(
    r"Traceback|site-packages|\.py\b|sqlite3\.|sqlalchemy|asyncpg|graphql\.error|strawberry|"
    rf"\bSELECT\b|\bINSERT INTO\b|0x[0-9a-f]{{8}}|{re.escape(str(HERE))}|{re.escape(sys.prefix)}"
)
_CODES = {*ErrorCode} - {ErrorCode.INTERNAL, ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED}


@dataclass
class Judge:
    """Looks at answers, and counts them by what they were."""

    seen: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def answered(self, asked: Any, status: int, body: bytes, seconds: float = 0.0, content_type: str = "json") -> Any:
        """The answer of any door. Fails for one that may not be."""
        assert 200 <= status < 500, (status, asked, body[:2000])
        assert seconds < SLOW_SECONDS, (seconds, asked)
        self.slowest = max(self.slowest, seconds)
        self.seen[f"HTTP {status}"] += 1
        if "json" not in content_type:
            assert leak_in(body) is None, (asked, body[:2000])
            return None
        answer = json.loads(body)
        self.errors(asked, answer)
        return answer

    def errors(self, asked: Any, answer: Any) -> None:
        """What GraphQL, or a refusal, says was wrong."""
        errors = answer.get("errors", []) if isinstance(answer, dict) else []
        assert leak_in(json.dumps(errors).encode()) is None, (asked, errors)
        for error in errors:
            assert error["extensions"]["code"] in _CODES, (asked, error)
            assert error["message"]
            self.seen[error["extensions"]["code"]] += 1
        if not errors:
            self.seen["well"] += 1


def leak_in(body: bytes) -> str | None:
    """What of the server's insides an answer shows."""
    found = _LEAKS.search(body.decode(errors="replace"))
    return None if found is None else found[0]


def memory() -> int:
    """The most that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
