"""Plain files on disk, read without waiting for anybody."""

import os
import stat


def read(path: str, most: int = -1) -> bytes | None:
    """What is in a plain file; None for a pipe or a device, which could wait for ever."""
    flags = getattr(os, "O_NONBLOCK", 0)
    if not stat.S_ISREG(os.stat(path).st_mode):
        return None
    with open(path, "rb", opener=lambda name, usual: os.open(name, usual | flags)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return None  # something else has taken its place meanwhile
        # Somebody may be writing to it: what counts is what comes.
        return stream.read(most + 1 if most >= 0 else -1)
