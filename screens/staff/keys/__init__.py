"""The keys of sealed requests: created at the first start, replaced later."""
