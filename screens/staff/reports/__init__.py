"""Reports: choice, display, and the tables they use."""
