"""`rcpref schema`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, argument
from rcpref.errors import UsageProblem
from rcpref.report import safe
from rcpref.report.report import Report

EXAMPLES = ("rcpref schema", "rcpref schema members", "rcpref schema record.toml > record.json")


def command(
    context: Context,
    name: Annotated[
        str | None, argument("[NAME]", "A command or a data file.", completion.schemas)
    ] = None,
) -> Report | None:
    """Print a JSON Schema: of a command's JSON output or of a data file.

    Without a name: a list of the schemas. $defs/item describes one line of JSON lines.
    The draft is 2020-12.
    """
    from rcpref.views import about as views

    if name is None:
        return views.listed(context.data)
    if context.output.format not in ("auto", "json") or context.output.columns:
        raise UsageProblem("a schema is JSON", "leave out --format and --columns")
    safe.write(views.written(name.strip().lower()), json=True)
    return None
