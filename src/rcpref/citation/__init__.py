"""Citations: items, and the formats they are written in."""
