"""Lines that the program does not take as they are typed: the lines that they mean.

Words in another order are run as they are meant, where the words are no name. All else is only
offered, as a hint: options of other programs, dates in words, questions in English. Either way
every word has to be understood.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.dates import MONTHS, parse
from rcpref.errors import DateError, RcprefError, UsageProblem
from rcpref.model import LIMA, LISTED
from rcpref.spelling import begun_by, key_of
from rcpref.spelling import words as words_of

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

_PARTS = 3  # the most words that the label of a property has in these lines

_FORMATS = ("json", "csv", "tsv", "markdown", "table")


def reordered(data: Data, words: Sequence[str], commands: Sequence[str]) -> list[str] | None:
    """The arguments that words without a command mean; None if some are not understood."""
    from rcpref.views.words import property_named

    def matches(rest: Sequence[str]) -> list[str]:
        return [each.key for each in data.plain.names.match(" ".join(rest))]

    if len(words) == 1 and words[0].lower() == "version":
        return ["about"]
    asked = key_of(" ".join(words))
    if kind := next((each for each in LISTED.values() if asked == key_of(each)), ""):
        return ["list", kind]
    singular = {command.removesuffix("s"): command for command in commands}
    for word, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        typed = word.lower()
        command = typed if typed in commands else singular.get(typed)
        if command == "conclusions" and matches(rest) == [LIMA]:
            return [command]
        if command and rest and (matches(rest) or all(map(str.isdecimal, rest))):
            return [command, *rest]
    for count in range(min(_PARTS, len(words) - 1), 0, -1):
        for part, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            key = property_named(data, " ".join(part))
            if key and matches(rest) and " ".join(rest).lower() not in LISTED.values():
                return ["show", *rest, "-p", key]
    return None


def line_with_option(args: Sequence[str], option: str, commands: Sequence[str]) -> str:
    """The whole line that works in the place of one with an option of other programs."""
    words = list(args)
    place = next((n for n, word in enumerate(words) if word.partition("=")[0] == option), None)
    if place is None:
        return ""
    if option.removeprefix("--") in _FORMATS:
        words[place : place + 1] = ["-f", option.removeprefix("--")]
        return f"rcpref {shlex.join(words)}"
    if option == "--inactive":
        return "rcpref list processes --inactive-since 2020"
    if option == "--since":
        since = [*words[place].split("=", 1)[1:], *words[place + 1 :]]
        before, rest = words[:place], since[1:]
        if since[:1] and before[:1] == ["list"]:
            return f"rcpref {shlex.join([*before, '--active-since', *since])}"
        names = [word for word in (*before, *rest) if word not in commands]
        return f"rcpref {shlex.join(['timeline', *names, '--from', *since[:1]])}" if since else ""
    if option in ("-o", "--output") and place + 1 < len(words):
        _, target = words[place : place + 2]
        suffix = target.rpartition(".")[2].lower()
        form = {"md": "markdown", "txt": "text"}.get(suffix, suffix)
        rest = [*words[:place], *words[place + 2 :], *(["-f", form] if form in _FORMATS else [])]
        return f"rcpref {shlex.join(rest)} > {shlex.quote(target)}"
    return ""


_IN_WORDS = re.compile(r"(?:(\d{1,2})\.? +)?([A-Za-z]{3,9})\.?(?: +(\d{1,2}),?)? +(\d{4})")


def line_with_date(args: Sequence[str]) -> str:
    """The whole line with its date as the program takes it, for one as people write it."""
    for place, word in enumerate(args):
        option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if date := _date_meant(value.strip()):
            words = [*args[:place], f"{option}{equals}{date}", *args[place + 1 :]]
            return f"rcpref {shlex.join(words)}"
    return ""


def _date_meant(text: str) -> str:
    """The date in words such as "May 2013"; empty for any other."""
    found = _IN_WORDS.fullmatch(text)
    begin = found[2].lower() if found else "-"
    months = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(begin)]
    if not found or len(months) != 1:
        return ""
    day = found[1] or found[3]
    # No calendar may have that day.
    return _as_prefix(f"{found[4]}-{months[0]:02}{f'-{int(day):02}' if day else ''}")


# Questions as people type them ---------------------------------------------------------

_FILLER_WORDS = """
a about all an and are as at belong belongs by did do does for from had happened has have i in is
it its not of on or part still the their there they to versus vs was were what when where which
who whom why with
"""
_FILLERS = frozenset(_FILLER_WORDS.split())

_ASKED = {
    "active": "list processes --active-since {since}",
    "biggest": "list processes --sort -size",
    "chairs": "list processes --columns short_name,chair",
    "csv": "export data.zip",
    "former names": "list processes --columns short_name,former_names",
    "renamed": "list processes --columns short_name,former_names",
    "excel": "export data.xlsx",
    "irfs": "list processes --classification IRF",
    "largest": "list processes --sort -size",
    "next meeting": "timeline --event meeting --from {year}",
    "next meetings": "timeline --event meeting --from {year}",
    "suspended": "member --standing",
    "rcps": "list processes --classification RCP",
}
"""Words that are no name, and the line that answers them, alone or with "process(es)"."""

_HAPPENING = {
    "joined": "joining",
    "joinings": "joining",
    "left": "leaving",
    "leavings": "leaving",
    "meetings": "meeting",
    "standing": "standing",
    "suspended": "standing",
    "withdrawn": "leaving",
    "withdrew": "leaving",
}
"""Words that ask for events of a kind."""


_SAME = {
    "chair": "presidencia presidente preside présidence président presidência",
    "last": "último última dernier dernière",
    "map": "mapa carte",
    "meeting": "reunión reuniones réunion réunions reunião reuniões",
    "members": "miembro miembros membre membres membro membros",
    "next": "próximo próxima prochain prochaine",
    "observers": "observador observadores observateurs",
    "processes": "procesos processos",
    "secretariat": "secretaría secrétariat secretariado",
    "suspended": "suspendido suspendidos suspendu suspendus suspenso suspensos",
    "": "cual como da das de del do dos du el en es est está la las le les los o os que quel qui "
    "quién quiénes quem",
}
_ENGLISH = {key_of(word): english for english, words in _SAME.items() for word in words.split()}
"""Words of questions in Spanish, French and Portuguese."""


def line_meant(data: Data, args: Sequence[str], commands: Sequence[str]) -> str:
    """The line that answers what was typed, for a hint; empty if a word is not understood."""
    # A whole question may stand in quotation marks.
    words = [word.strip("?¿") for arg in args for word in arg.split() if not arg.startswith("-")]
    if words[1:] and words[0].lower() == "quote":
        return f"rcpref text {shlex.join(words[1:])} --quote"
    translated = [_ENGLISH.get(key_of(word), word) for word in words]
    return _line_meant(data, words, commands) or (
        _line_meant(data, list(filter(None, translated)), commands) if translated != words else ""
    )


def _line_meant(data: Data, asked_for: Sequence[str], commands: Sequence[str]) -> str:
    words, date = _without_date(asked_for)
    typed = [word for word in words if word.lower() not in _FILLERS]
    told = [word.lower() for word in typed]
    dated = ["--as-of", date] if date else []
    asked = [word for word in told if word not in ("list", "process", "processes", "show")]
    year = int(data.date[:4])
    answered = _ASKED.get(" ".join(asked), "")
    if answered and not (date and answered.startswith(("timeline", "member"))):
        when = f" --as-of {date}" if date else ""
        return f"rcpref {answered.format(since=year - 3, year=year)}{when}"
    if region := _region(data, told, asked):
        return f"rcpref list processes --region {shlex.quote(region)}"
    event = next((_HAPPENING[word] for word in told if word in _HAPPENING), "")
    happening = event or "timeline" in told or (date and not typed)
    rest = [word for word in typed if word.lower() not in (*_HAPPENING, "timeline", "show")]
    names = _names(data, [word for word in rest if word != "member"])
    names = names if names and len(names) == 2 else _names(data, rest)
    line: list[str] = []
    if happening and (date or event) and (names or not rest):
        span = ["--from", date, "--to", date] if date else []
        line = ["timeline", *(names or ()), *(["--event", event] if event else []), *span]
    elif names is None:
        meant = reordered(data, rest, commands) or _verb(data, rest, commands) or []
        line = [*meant, *dated] if meant else []
        if meant[:1] == ["member"]:  # of a lone name all that it is a member of
            line[0] = "state"
    elif len(names) == 2:
        states = [name in data.document["countries"] for name in names]
        line = ["member" if any(states) else "compare", *names, *dated]
    elif len(names) == 1 and words != typed and "in" in map(str.lower, words):
        line = ["members", *names, *dated]
    elif len(names) == 1:
        line = ["show", *names, *dated]
    if not line and not dated:
        line = _about(data, rest)
    return f"rcpref {shlex.join(line)}" if line else ""


_MET = frozenset(("last", "latest", "meet", "meeting", "meetings", "meets", "met", "next"))


def _about(data: Data, words: Sequence[str]) -> list[str]:
    """The card of what last or next met; else the processes with a topic, where it is one."""
    unmet = [word for word in words if word.lower() not in (*_MET, "sources")]
    if len(unmet) < len(words) and (names := _names(data, unmet)) and len(names) == 1:
        return ["show", *names, *(["--full", "--sources"] if "sources" in words else [])]
    keys = words_of(" ".join(words))
    topics = (words_of(topic) for topic in data.plain.values_claimed("topics"))
    telling = keys and all(len(key) > 3 for key in keys)
    if telling and any(begun_by(topic, keys) for topic in topics):
        return ["list", "processes", "--topic", " ".join(words)]
    return []


def _region(data: Data, told: Sequence[str], asked: Sequence[str]) -> str:
    """The region of "processes in Africa"."""
    from rcpref.views.filters import region_named

    kinds = ("process", "processes", "rcp", "rcps", "irf", "irfs")
    place = " ".join(word for word in asked if word not in kinds)
    if not place or not any(word in kinds for word in told):
        return ""
    try:
        return region_named(data, place).name
    except UsageProblem:
        return ""


def _verb(data: Data, words: Sequence[str], commands: Sequence[str]) -> list[str] | None:
    """What "chairs prague" means: a property typed as a verb."""
    from rcpref.views.words import property_named

    singular = [word.lower().removesuffix("s").removesuffix("ed") for word in words]
    for place, word in enumerate(singular):
        changed = [*words[:place], word, *words[place + 1 :]]
        if word != words[place].lower() and property_named(data, word):
            return reordered(data, changed, commands)
    return None


def _names(data: Data, words: Sequence[str]) -> list[str] | None:
    """Ids and codes of the names in some words; None if they are not all names."""
    from rcpref.cli.names import ANY, names_of

    try:
        names = names_of(data, words, ANY) if words else []
    except RcprefError:
        return None
    found = [[match.key for match in data.plain.names.match(name)] for name in names]
    if any(one[0] in data.document["countries"] for one in found if len(one) == 1):
        # Beside a State, a name that a record and another State have is that of the record.
        found = [[key for key in one if key in data.document["records"]] or one for one in found]
    return [one[0] for one in found] if all(len(one) == 1 for one in found) else None


def _without_date(words: Sequence[str]) -> tuple[list[str], str]:
    """Words without the date among them, and the date as the program takes it."""
    for size in (3, 2, 1):
        for place in range(len(words) - size, -1, -1):
            part = " ".join(words[place : place + size])
            if date := _date_meant(part) or (size == 1 and _as_prefix(part)):
                return [*words[:place], *words[place + size :]], date
    return list(words), ""


def _as_prefix(text: str) -> str:
    try:
        return parse(text).text if text[:1].isdecimal() else ""
    except DateError:
        return ""
