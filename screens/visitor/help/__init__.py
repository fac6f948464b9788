"""Requests for help: a form of small steps, reviewed before it is sealed and saved."""
