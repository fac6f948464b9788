"""Copies of the data: beside the database, sealed in a second place, and the way back from one."""
