"""What is told to those who wait for it. One reader of the log for a process, however many wait. No GraphQL, no HTTP.

database ──news──▶ Log ──lines──▶ Question ──bodies──▶ subscriber
                    │                 │
                    │                 └ asked once for all who ask the same (live/question.py)
                    └ reads the table once, in an order in which nothing is skipped (live/order.py, live/log.py)
"""

from gqlregistry.live.live import Live

__all__ = ["Live"]
