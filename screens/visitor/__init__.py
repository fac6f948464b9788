"""The visitor's journeys, a folder each."""
