"""The command line: one file a command, imported when it is called."""

import gc
import os
import sys


def main() -> int:
    """Run the command line; the exit code. Whatever it wrote has left this process."""
    # A run is over in less time than the collector would take to look through the modules and
    # data that it loads: not while it runs, nor when Python ends, which cost a tenth of a run.
    gc.disable()
    try:
        from rcpref.cli.postponed import SELDOM, postpone

        for name in SELDOM:
            postpone(name)
        from rcpref.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return 130 if isinstance(error.__cause__, KeyboardInterrupt) else _explain(error)
    finally:
        gc.freeze()


def _explain(error: Exception) -> int:
    """Say in one line why the program cannot start; the exit code.

    An install that is being replaced, or too little memory: nothing of it may be needed here.
    """
    try:
        if os.environ.get("RCPREF_DEBUG") == "1":
            import traceback

            traceback.print_exc()
        else:
            words = f"{type(error).__name__}: {error}"[:400]
            shown = "".join(sign if sign.isprintable() else " " for sign in words).strip(": ")
            hint = "install rcpref again, or give it more memory"
            sys.stderr.write(f"rcpref: error: cannot start: {shown}\nhint: {hint}\n")
            sys.stderr.flush()
    except Exception:
        pass  # nobody can be told
    return 3
