"""Guidance by the coordinator: a number to wait with."""
