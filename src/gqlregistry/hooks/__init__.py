"""Webhooks on their way. Every process does all of it; the tables say what is whose turn.

log ──settled──▶ spread ──deliveries──▶ claim ──▶ send ──▶ finish
                 (outbox.py: each event once          (sending.py, guard.py:
                  for a webhook that wants it)         signed, bounded, to the internet only)

An event is queued once, in the transaction that moves the webhook's cursor past it. A delivery is claimed by one
process at a time: the claim moves `next_at` behind the longest time that an attempt takes, and whoever finishes must be
the one who claimed last. So a receiver gets an event twice only when a process is killed between its answer and our
writing that down, or when somebody asks for it; `webhook-id` is the same then.
"""

from gqlregistry.hooks.dispatcher import Dispatcher, Patience, deliveries
from gqlregistry.hooks.sending import Sender

__all__ = ["Dispatcher", "Patience", "Sender", "deliveries"]
