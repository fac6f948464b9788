"""Screens that ask for a single value for another screen: text, choice, day, time, thing."""
