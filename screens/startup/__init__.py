"""Start-up optimisations of the user interface, and garbage collection between frames."""
