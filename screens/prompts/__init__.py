"""Screens that ask one thing for another screen: one of several, or which thing."""
