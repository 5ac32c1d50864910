"""The program: `rcpref`, and `python -m rcpref`.

An interrupt ends it with exit code 130 also where its command line is not yet at work, or no
longer: Python would print what it was importing or clearing away. What comes before is the
start of Python itself.
"""

import os
import sys


def program() -> None:
    """Run the command line and leave with its exit code."""
    try:
        import signal

        from rcpref.cli import main

        try:
            main()
        finally:
            # One that is ignored, as under nohup, stays ignored.
            if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                signal.signal(signal.SIGINT, _leave)
    except KeyboardInterrupt:
        sys.exit(130)


def _leave(number: int, _: object) -> None:
    """Leave at once: all has been written, and nobody waits for what is cleared away."""
    os._exit(128 + number)


if __name__ == "__main__":
    program()
