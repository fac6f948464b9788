"""The visitor's journeys, one folder each."""
