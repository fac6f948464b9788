"""A centre lives for years: a seeded story through the services, beside a ledger that predicts what the program says."""
