"""Help services: requests, guidance, pairs."""
