"""Donations: announced here, brought to the desk with a code."""
