"""Tickets: after a reservation, or by code."""
