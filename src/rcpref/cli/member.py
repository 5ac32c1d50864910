"""`rcpref member`."""

from typing import TYPE_CHECKING, Annotated

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, argument, flag
from rcpref.errors import NotFound, UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.model.countries import Country
from rcpref.report.report import Report

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record

EXAMPLES = (
    "rcpref member eritrea igad",
    "rcpref member 5+5 Libya --as-of 2013-05",
    "rcpref member kenya uganda igad -f json",
    "rcpref member mali african-union && echo a member",
    "rcpref member --standing",
)


def command(
    context: Context,
    names: Annotated[
        list[str] | None,
        argument(
            "[STATE NAME]",
            "A State and a process or body, in either order. One side may have several; "
            "- reads names from standard input.",
            completion.records_and_states,
        ),
    ] = None,
    as_of: AsOf = None,
    standing: Annotated[
        bool,
        flag("--standing", "Who is suspended, absent, about to leave: anywhere, or of the names."),
    ] = False,
) -> Report:
    """Is a State a member of a process or body, last known or at a date?

    Exit code: 0 yes, 1 no, 4 possible, disputed or unknown; 2 if a name is not known or is
    missing. For several pairs: 0 if all are yes, 1 if any is no.
    """
    from rcpref.views.member import WITH_STANDING, member, with_standing

    try:
        kinds = WITH_STANDING if standing else MEMBER_KINDS
        countries, records = _meant(context.data, names or [], kinds)
    except NotFound as error:
        # An exit status of 1 would be a no.
        raise UsageProblem(error.message, error.hint) from error
    if standing:
        return with_standing(context.data, countries, records, as_of)
    if not countries and not records:
        raise UsageProblem("of what State, in what?", f"write {EXAMPLES[0]}")
    if not countries or not records:
        raise _missing(countries, records)
    return member(context.data, countries, records, as_of=as_of)


def _meant(
    data: "Data", typed: list[str], kinds: tuple[str, ...]
) -> "tuple[list[Country], list[Record]]":
    """The States and records that the words, and lines of standard input, mean."""
    from rcpref.answers.names import find_any, find_of_kinds
    from rcpref.cli.names import ANY, STDIN, names_of

    words = [word for word in typed if word != STDIN]
    names = names_of(data, words, ANY) if words else []
    if len(words) < len(typed):
        names += names_of(data, [STDIN], ANY)
    found = dict.fromkeys(find_any(data, name) for name in names)
    countries = [each for each in found if isinstance(each, Country)]
    records = [each.id for each in found if not isinstance(each, Country)]
    return countries, [find_of_kinds(data, key, kinds, "members") for key in records]


def _missing(countries: "list[Country]", records: "list[Record]") -> UsageProblem:
    if records:
        names = [record.id for record in records]
        command = "members" if not records[1:] else "compare"
        message = f"of what State? {', '.join(record.short_name for record in records)} alone"
        return UsageProblem(f"{message} is no question", f"rcpref {command} {' '.join(names)}")
    codes = " ".join(country.alpha3 for country in countries)
    message = f"a member of what? {', '.join(country.name for country in countries)} alone"
    return UsageProblem(f"{message} is no question", f"rcpref state {codes}")
