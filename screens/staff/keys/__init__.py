"""The keys that open what people told: made at the first start, replaced later, each explained before it counts."""
