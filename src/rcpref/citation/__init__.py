"""Citations: items, the formats they are written in, styles."""
