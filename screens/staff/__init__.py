"""The desk's journeys, a folder each."""
