"""The program: `rcpref`, and `python -m rcpref`.

An interrupt ends it with exit code 130 also where its command line is not yet at work: Python
would print what it was importing. What comes before is the start of Python itself.
"""

import os


def program() -> None:
    """Run the command line and leave with its exit code, at once."""
    code = 130
    try:
        from rcpref.cli import main

        code = main()
    except KeyboardInterrupt:
        pass
    # All is written and closed. Clearing the modules away takes a twentieth of a run, and an
    # interrupt meanwhile ends in a traceback.
    os._exit(code)


if __name__ == "__main__":
    program()
