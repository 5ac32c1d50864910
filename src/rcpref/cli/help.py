"""`rcpref help`."""

from typing import Annotated, Any

import typer

from rcpref.cli import completion
from rcpref.cli.commands import COMMANDS, no_command
from rcpref.cli.options import argument
from rcpref.report import safe

EXAMPLES = ("rcpref help", "rcpref help members", "rcpref help answers")

_ANSWERS = """\
How to read an answer

  yes       a member at some time in the date that you ask for
  no        no member at any time in it
  possible  sources before and after differ, or the newest list is too old
  disputed  sources of the same time contradict each other
  unknown   nothing says

Only yes is printed as a fact. One line on standard error counts the others;
--answer all prints them.

Without --as-of you get what is last known: the newest list, however old, with
its date. It may no longer hold.

With --as-of 2013-05 a list counts for ten years, and for up to twenty if later
sources show that it still held; before its date a yes counts for eight years,
a no for ten. Beyond that the answer is possible.

  basis     listed: a list of that time. event: it joined or left, or the
            process did not exist yet. between: lists before and after agree.
            carried: an older or a newer list. undated: a list without a date.
  standing  what else is true of a member: suspended, excluded, absent, not
            invited, withdrawal announced, contested. It changes no answer.
  distance  whole years from the date to the nearest list that decides.

A list "made between 2018 and 2022" is one list, of some day in that time, and
no term of membership. A count of certain members falls when lists grow old: it
does not say that anybody left.

  rcpref member eritrea igad                    one State, with its sources
  rcpref members khartoum --answer all          all States, doubts included
  rcpref list processes --active-since 2022     those that are still alive

docs/answers.md has examples, docs/coding-rules.md the rules on one page.
"""

TOPICS = {"answers": _ANSWERS}
"""What is explained beside the commands, by the word that asks for it."""

_TITLES = {name: text.partition("\n")[0] for name, text in TOPICS.items()}


def command(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        argument(
            "[COMMAND]",
            "A command, or answers: how to read one; without it, the overview.",
            completion.Offers(lambda *_: [{**COMMANDS, **_TITLES}]),
        ),
    ] = None,
) -> None:
    """Explain a command (as COMMAND --help), or how to read an answer."""
    group: Any = ctx.parent
    if name is None:
        safe.write(group.get_help() + "\n")
        return
    if name in TOPICS:
        safe.write(TOPICS[name])
        return
    found = group.command.get_command(group, name)
    if found is None:
        raise no_command(name, TOPICS)
    with found.make_context(name, [], parent=group, resilient_parsing=True) as context:
        safe.write(context.get_help() + "\n")
