"""A PostgreSQL of the tablet's own, from Debian's packages: programs, cluster, certificate, copies."""
