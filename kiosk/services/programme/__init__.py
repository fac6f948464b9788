"""Gatherings: what is on, who came, seats, partners."""
