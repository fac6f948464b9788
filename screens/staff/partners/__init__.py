"""The register of partners."""
