"""Photos of items: normalised, stripped of metadata, stored in three sizes."""

from .store import BadPicture, Pictures

__all__ = ["BadPicture", "Pictures"]
