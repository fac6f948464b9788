"""Help: requests, guidance, pairs of people."""
