"""Guidance by the coordinator: queue numbers and booked times."""
