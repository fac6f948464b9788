"""Photos of things: taken in, made safe, kept in three sizes."""

from .store import BadPicture, Pictures

__all__ = ["BadPicture", "Pictures"]
