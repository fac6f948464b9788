"""Texts that several screens share, by subject."""
