"""`rcpref help`."""

from typing import Annotated, Any

import typer

from rcpref.cli import completion
from rcpref.cli.commands import COMMANDS, OUTPUT, no_command
from rcpref.cli.options import SHARED, argument
from rcpref.report import safe

EXAMPLES = ("rcpref help", "rcpref help members", "rcpref help answers", "rcpref help output")

_ANSWERS = """\
How to read an answer

  yes       a member at some time in the date that you ask for
  no        no member at any time in it
  possible  sources differ, or the newest list is too old to be sure
  disputed  sources of the same time contradict each other
  unknown   no source says

members, compare and matrix print the answers that are yes. One line counts the
others (in a pipe, on standard error); --answer all prints them.

Without --as-of you get what is last known: the newest list, however old, with
its date. It may no longer hold.

With --as-of 2013-05 a list counts for ten years, and for up to twenty if later
sources show that it still held; before its date a yes counts for eight years,
a no for ten. Beyond that the answer is possible.

  basis     listed: a list of that time. event: it joined or left in that
            time, or the process did not exist yet. between: evidence before
            and after agrees. carried: from an older or newer list, joining or
            leaving. undated: from a list without a date.
  standing  suspended, excluded, absent, not invited, withdrawal announced or
            contested. It does not change the answer.
  distance  whole years from the date to the nearest list that decides.

A list "made between 2018 and 2022" is one list, made on some day in that time.
It does not say when anybody joined or left. The number of certain members
falls when lists grow old, even if nobody left.

  rcpref member eritrea igad                    one State, with its sources
  rcpref member --standing                      who is suspended or absent
  rcpref members khartoum --answer all          all States, doubts included
  rcpref list processes --active-since 2022     seen active since then

docs/answers.md has examples, docs/coding-rules.md the rules on one page.
"""

_DATES = """\
How to write a date

  2013, 2013-05, 2013-05-22   a year, a month, a day
  2013-06/2015-10-04          all days from the first to the second
  2010..2012, 2010.., ..2012  a range, for options such as --met
  today                       the date of the data (rcpref about), not of your
                              calendar

A date means all of its days: --as-of 2013 asks who was a member at some time
in 2013, --as-of 2013-05-22 who was a member on that day. Without --as-of you
get what is last known, however old, with its date.

  rcpref members colombo-process --as-of 2013-05
  rcpref timeline bali-process --from 2020
  rcpref list processes --met 2024..2025
"""

_NAMES = """\
How to write a name

Ids, acronyms, short and official names, in capitals or not, with accents or
without: bali-process, Bali Process, "5+5", IGC, Cote d'Ivoire. States also by
their codes (KEN, KE, 404) and by their names in Arabic, Chinese, French,
Russian and Spanish. Words such as "process" may be left out: rcpref bali.

Names of several words need no quotation marks. A name that matches several
entries is an error, which lists them; rcpref never guesses.

  rcpref which lima             what a name matches
  rcpref state Costa de Marfil
  rcpref members puebla
  rcpref budapest chair         a property and a name, in either order
  rcpref list states --columns id | rcpref member igad -
"""

TOPICS = {"answers": _ANSWERS, "dates": _DATES, "names": _NAMES}

_OFFERED = {
    **COMMANDS,
    **{name: text.partition("\n")[0] for name, text in TOPICS.items()},
    OUTPUT: "Output and data options",
}


def command(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        argument(
            "[COMMAND]",
            "A command, or answers, dates, names, output (default: the overview).",
            completion.Offers(lambda *_: [_OFFERED]),
        ),
    ] = None,
) -> None:
    """Explain a command (same as COMMAND --help), answers, dates, names or output options."""
    group: Any = ctx.parent
    if name is None:
        text = group.get_help()
    elif name == OUTPUT:
        formatter = group.make_formatter()
        formatter.write_text("Output and data options. They may come before or after the command;")
        formatter.write_text("the one after it wins.")
        shared = [each for each in group.command.get_params(group) if each.name in SHARED]
        with formatter.section("Options"):
            formatter.write_dl([each.get_help_record(group) for each in shared])
        text = formatter.getvalue()
    elif name in TOPICS:
        text = TOPICS[name]
    elif found := group.command.get_command(group, name):
        with found.make_context(name, [], parent=group, resilient_parsing=True) as context:
            text = context.get_help()
    else:
        raise no_command(name, TOPICS)
    safe.write(text.rstrip("\n") + "\n")
