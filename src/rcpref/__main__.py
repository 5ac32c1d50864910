"""The program: `rcpref`, and `python -m rcpref`."""

import gc
import sys


def main() -> int:
    """Run the command line; the exit code."""
    # A run is over in less time than the collector would take to look through the modules and
    # data that it loads: not while it runs, nor when Python ends, which cost a tenth of a run.
    gc.disable()
    try:
        from rcpref.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # An install that is being replaced, or too little memory: nothing of it is needed here.
        if sys.stderr is not None:
            hint = "install rcpref again, or give it more memory"
            sys.stderr.write(f"rcpref: error: cannot start: {error!r}\nhint: {hint}\n")
        return 3
    finally:
        gc.freeze()


def program() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(main())


if __name__ == "__main__":
    program()
