"""The atlas: the shapes of the world, which maps are drawn from."""
