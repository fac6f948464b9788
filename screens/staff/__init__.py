"""The staff's journeys, one folder each."""
