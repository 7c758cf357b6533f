"""What mutations answer that have nothing else to say."""

import strawberry


@strawberry.type
class Success:
    """It was done."""

    success: bool | None
