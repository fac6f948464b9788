"""Volunteers sign in and out."""
