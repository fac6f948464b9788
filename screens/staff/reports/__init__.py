"""Reports at the desk: choose, look, and the tables they rest on."""
