"""`rcpref compare`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, argument
from rcpref.errors import UsageProblem
from rcpref.model import COMPARED_KINDS, TERM
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref compare bali-process colombo-process",
    "rcpref compare midsa comesa sacm --as-of 2013-05",
    "rcpref compare rcp irf",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        argument(
            "NAME NAME...",
            "Processes, bodies, organizations, or terms.",
            completion.records_of(COMPARED_KINDS),
        ),
    ],
    as_of: AsOf = None,
) -> Report:
    """Compare the members of two or more processes or bodies, last known or at a date.

    Terms are compared by their definitions: rcpref compare rcp irf.
    """
    from rcpref.answers.names import find_of_kinds
    from rcpref.cli.names import COMPARED, names_of

    data = context.data
    names = names_of(data, names, COMPARED)
    records = [find_of_kinds(data, name, COMPARED_KINDS, "members") for name in names]
    terms = [record for record in records if record.kind == TERM]
    if terms and len(terms) == len(records) and as_of is None:
        from rcpref.views.compare import compare_terms

        return compare_terms(data, terms)
    if terms:
        raise UsageProblem(
            f"{terms[0].short_name} is a term, which has no members",
            "compare terms with terms, without a date",
        )
    from rcpref.views.compare import compare as compare_members

    return compare_members(data, records, as_of=as_of)
