"""`rcpref about`."""

from rcpref.cli.options import Context
from rcpref.report.report import Report
from rcpref.version import __version__

EXAMPLES = ("rcpref about", "rcpref about -f json")


def command(context: Context) -> Report:
    """Show versions, digest, counts, licence, how to cite."""
    from rcpref.views import about as views

    return views.about(context.data, __version__)
