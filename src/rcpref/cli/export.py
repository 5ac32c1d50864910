"""`rcpref export`."""

from typing import Annotated

import typer

from rcpref import export as exporting
from rcpref.cli.options import AsOf, Context, Years, argument
from rcpref.errors import UsageProblem
from rcpref.report import safe
from rcpref.report.report import Report, file_notice

STDOUT = "-"
"""The file that is standard output; it takes JSON alone."""

EXAMPLES = (
    "rcpref export atlas.html",
    "rcpref export data.xlsx",
    "rcpref export tables.zip --years 2003..2025",
    "rcpref export data.sqlite --as-of 2013-05",
    "rcpref export data.json",
    "rcpref export members.csv --as-of 2013-05",
    "rcpref export spells.csv",
)


def command(
    context: Context,
    file: Annotated[str, argument("FILE", "File to write; - is JSON to standard output.")],
    as_of: AsOf = None,
    years: Years = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> Report | None:
    """Write the whole data set to a file, by its suffix.

    .html: the atlas, one page that any browser opens offline, with maps and the answers for
    every month since 1985. .xlsx: a workbook with one sheet for each table. .zip: CSV tables
    as a Frictionless Data Package. .sqlite: the same tables with keys, views and full-text
    search. .json: all data in one file, which rcpref diff and the Python API can read. .csv:
    one table, named as the file: members, claims, sources, records, states, spells, panel.

    members.csv and the table membership_at have all answers on membership, last known or at
    --as-of. panel.csv has those of each year, since 1985 or of --years; with --years .zip,
    .sqlite and .xlsx have a panel too. spells.csv has the first and last day of each answer.
    An existing file is replaced only with --force. The same data give the same bytes.
    """
    from rcpref.answers.time import as_of as asked_for
    from rcpref.views.about import exported
    from rcpref.writing import stopped_cleanly

    output = context.output
    if file == STDOUT:
        more = as_of is not None or years is not None or force or bool(output.columns)
        if more or output.format not in ("auto", "json"):
            raise UsageProblem("standard output gets only the JSON", "leave out the options")
        from rcpref.export.files import as_json

        safe.write(as_json(context.data).decode(), json=True)
        for line in file_notice(context.data):
            safe.complain(line)
        return None
    # Columns that there are not are refused before anything is written.
    exported(context.data, []).choose(output.columns)
    with stopped_cleanly():
        written = exporting.export(context.data, file, as_of=as_of, years=years, force=force)
    asked = asked_for(as_of, context.data.date) if as_of is not None else None
    return exported(context.data, [written], asked)
