"""Wishes: what is not on the shelf today."""
