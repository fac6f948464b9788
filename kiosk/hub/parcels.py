"""Attachments of entries, sent beside the journal: codes of slips and sealed boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .connection import HubConnection

#: (subject, part) -> data. Parts are "<thing>.code" and "box:<recipient>".
Attachments = dict[tuple[str, str], bytes]
#: Limit of attachments read at once, bytes; smallest first, since those of our programs are small.
MOST = 16_000_000
_PARCELS = """
    SELECT subject, part, data FROM (
        SELECT subject, part, data, sum(length(data)) OVER (ORDER BY length(data), subject, part) AS size
        FROM kiosk.parcel WHERE centre = kiosk.my_centre() AND subject = ANY (%s)) AS measured WHERE size < %s"""


def parcels(link: HubConnection, subjects: set[str]) -> Attachments:
    """Return the present attachments of some things; erased ones have none."""
    if not subjects:
        return {}
    answer = link.rows(_PARCELS, (sorted(subjects), MOST))
    return {(subject, part): bytes(data) for subject, part, data in answer}
