"""Signs of the Material Design icon font by name."""

from fonticon_mdi7 import MDI7


def glyph(name: str) -> str:
    """Return the character of the sign `name` ("arrow_left"), "" for no name; AttributeError for an unknown one."""
    return getattr(MDI7, name).rpartition(".")[2] if name else ""
