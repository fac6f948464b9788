"""Volunteers: sign-up, and shifts."""
