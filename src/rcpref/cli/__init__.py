"""The command line: one module for each group of commands, imported when it is called."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A run is over in less time than the collector would take to look through the
    # modules and data that it loads.
    gc.disable()
    try:
        from rcpref.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    # Nor need Python look through them once more before it leaves.
    gc.freeze()
    sys.exit(code)
