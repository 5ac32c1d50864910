"""`python -m rcpref`."""

from rcpref.cli import main

if __name__ == "__main__":
    main()
