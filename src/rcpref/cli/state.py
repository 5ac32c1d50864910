"""`rcpref state`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Answers, AsOf, Context, argument
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref state Kenya",
    "rcpref state South Africa",
    'rcpref state "Cote d\'Ivoire" --as-of 2013-05',
    "rcpref state swaziland --answer all",
    "rcpref state TR -f json",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        argument(
            "NAME...",
            "Any name or code of a State; - reads names from standard input.",
            completion.states,
        ),
    ],
    as_of: AsOf = None,
    answer: Answers = None,
) -> Report:
    """Show a State's memberships, last known or at a date, with uncertain ones."""
    from rcpref.answers.names import find_state
    from rcpref.cli.names import STATES, names_of
    from rcpref.views.show import report_on_each
    from rcpref.views.state import state as state_of
    from rcpref.views.summary import answers_wanted

    data = context.data
    wanted = answers_wanted(answer)
    found = [find_state(data, name) for name in names_of(data, names, STATES)]
    return report_on_each(
        {each.alpha3: each for each in found},
        lambda country: state_of(data, country, as_of=as_of, wanted=wanted),
        "state",
        "states",
    )
