"""Start-up time optimisations; measurements are in docs/decisions/starting-fast.md."""
