"""Wishes for items that are not on the shelves."""
