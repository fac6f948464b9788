"""The register of partners at the desk."""
