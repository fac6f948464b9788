"""Tickets: the one just taken, and any other by its code."""
