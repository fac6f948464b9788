"""Bringing things: announced here, shown at the desk by a code."""
