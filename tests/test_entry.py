"""The entry: names without a command, words without quotes, options before the command."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import rcpref
from conftest import COMMAND, Result, apart, environment, run_command, run_inside, small_data
from helpers import EACH, cases, hint_of, output, prose, refuse, rows
from imports import are_in, imported_by
from rcpref.answers.membership.answer import ANSWERS, BASES
from rcpref.answers.names import find_any, names_among
from rcpref.cli.commands import COMMANDS
from rcpref.cli.names import ANY, STATES, names_of
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from test_completion import explained, offered


def same(line: str, other: str) -> None:
    """Two command lines print the same, and say the same beside."""
    assert output(*line.split()) == output(*other.split())


def fed(content: str | bytes, *args: str) -> Result:
    """Run the command with something on its standard input."""
    stdin = content.encode() if isinstance(content, str) else content
    return run_inside(args, environment(), stdin=stdin)


# A name in the place of a command -------------------------------------------------------


@pytest.mark.parametrize(("line", "record"), [
    ("bali", "bali-process"),
    ("RCP", "rcp"),
    ("Rabat Process", "rabat-process"),
    ("5+5", "5-plus-5-dialogue"),
    ("IGC puebla", "igc puebla-process"),
    ("Bali Process Colombo Process", "bali-process colombo-process"),
    ("south africa", "ZAF"),
    ("igc --history", "igc --history"),
    ("igc -p status --as-of 2013", "igc -p status --as-of 2013"),
])  # fmt: skip
def test_a_name_is_shown(line: str, record: str) -> None:
    same(f"{line} -f jsonl", f"show {record} -f jsonl")


def test_a_command_is_a_command() -> None:
    assert set(output("list").ids) > {"processes", "bodies"}
    done = refuse("--", "list", codes=[1])
    assert "no record or State named 'list'" in done.err
    same("-- bali process", "show bali-process")
    same("--", "--help")
    # Behind it everything is a name.
    assert "'-f'" in refuse("--", "bali", "-f", codes=[1]).err


@pytest.mark.parametrize(("line", "name", "offers"), [
    ("membrs", "membrs", ["members"]),
    ("membrs bali-process", "membrs", ["members"]),
    ("lst processes --at-lima", "lst", ["list"]),
    ("lst --help", "lst", ["list"]),
    ("tiemline igc --from 2020", "tiemline", ["timeline"]),
    ("hlep", "hlep", ["help"]),
    ("bali-proces", "bali-proces", ["bali-process"]),
    ("Souht Africa", "Souht Africa", ["South Africa (ZAF)"]),
    ("zzqqxx", "zzqqxx", ["rcpref --help lists the commands"]),
])  # fmt: skip
def test_a_first_word_that_is_neither(line: str, name: str, offers: list[str]) -> None:
    done = refuse(*line.split(), codes=[1])
    assert done.err.startswith(f"rcpref: error: no command, record or State named '{name}'\n")
    for offer in offers:
        assert offer in hint_of(done)


def test_json_says_nothing_of_what_was_not_asked() -> None:
    """Whatever the unknown word was meant for."""
    for words, unknown in ((("igc", "nowhere"), "nowhere"), (("membrs", "igc"), "membrs")):
        nothing = run_command(*words, "-f", "json", code=1, quiet=False).json
        assert nothing["query"] == {"command": "show"}
        assert nothing["count"] == 0
        assert f"'{unknown}'" in nothing["message"]


# Words in another order -----------------------------------------------------------------


@pytest.mark.parametrize(("line", "meant"), [
    ("chair budapest", "show budapest -p chair"),
    ("budapest chair", "show budapest -p chair"),
    ("colombo founded --as-of 2013", "show colombo -p founded --as-of 2013"),
    ("sacm next chair", "show sacm -p next_chair"),
    ("secretariat rabat -f json", "show rabat -p secretariat -f json"),
    ("Bali Process status", "show bali-process -p status"),
    ("puebla members", "members puebla"),
    ("puebla members --as-of 2013-05 -f json", "members puebla --as-of 2013-05 -f json"),
    ("bali map", "map bali"),
    ("igad timeline", "timeline igad"),
    ("lima conclusions", "conclusions"),
    ("conclusion 4", "conclusions 4"),
    ("meetings", "list meetings"),
    ("states", "list states"),
    ("version", "about"),
    ("list countries kenya", "list states kenya"),
])  # fmt: skip
def test_property_command_and_name_may_stand_in_either_order(line: str, meant: str) -> None:
    same(line, meant)


@pytest.mark.parametrize("line", ["chair nosuch", "nosuch members", "members chair", "bali nosuch"])
def test_a_line_of_which_a_word_is_not_understood_is_not_guessed(line: str) -> None:
    refuse(*line.split(), codes=[1])


@pytest.mark.parametrize(("line", "hint"), [
    ("members bali --json", "rcpref members bali -f json"),
    ("members bali --csv --as-of 2013", "rcpref members bali -f csv --as-of 2013"),
    ("members bali -o out.csv", "rcpref members bali -f csv > out.csv"),
    ("members bali --output b.md", "rcpref members bali -f markdown > b.md"),
    ("members bali --as-of 'May 2013'", "rcpref members bali --as-of 2013-05"),
    ("members bali --as-of='22 May 2013'", "rcpref members bali --as-of=2013-05-22"),
    ("state kenya --as-of 'Sept 5, 2013'", "rcpref state kenya --as-of 2013-09-05"),
    ("members bali --as-of 'Maybe 2013'", "write 2013, 2013-05"),
    ("members bali --as-of '31 June 2013'", "write 2013, 2013-05"),
    ("members bali --nosuch", "rcpref members --help shows the options"),
])  # fmt: skip
def test_an_option_or_date_of_other_programs_gets_the_whole_line(line: str, hint: str) -> None:
    done = refuse(*shlex.split(line), codes=[2])
    assert hint_of(done).startswith(hint)


QUESTIONS = """
who is in the rabat process            | rcpref members rabat-process
is kenya in igad                       | rcpref member KEN igad
is kenya a member of igad              | rcpref member KEN igad
is mali in the african union           | rcpref member MLI african-union
mali au 2022                           | rcpref member MLI african-union --as-of 2022
kenya member of                        | rcpref state kenya
who chairs prague                      | rcpref show prague -p chair
chair of bali in 2019                  | rcpref show bali -p chair --as-of 2019
members bali 2013                      | rcpref members bali --as-of 2013
bali members may 2013                  | rcpref members bali --as-of 2013-05
bali in may 2013                       | rcpref members bali-process --as-of 2013-05
bali 2013-05                           | rcpref show bali-process --as-of 2013-05
colombo vs abu dhabi                   | rcpref compare colombo-process abu-dhabi-dialogue
who left eu                            | rcpref timeline european-union --event leaving
suspended                              | rcpref member --standing
suspended african union                | rcpref timeline african-union --event standing
dead                                   | rcpref list processes --status ended
ended processes                        | rcpref list processes --status ended
quote conclusion 3                     | rcpref text conclusion 3 --quote
renamed                                | rcpref list processes --columns short_name,former_names
what is khartoum about                 | rcpref show khartoum-process
sources quito                          | rcpref show quito-process --full --sources
quién preside quito                    | rcpref show quito -p chair
qui préside le processus de rabat      | rcpref show processus rabat -p chair
suspendidos                            | rcpref member --standing
última reunión rabat                   | rcpref show rabat-process
what happened in 2024                  | rcpref timeline --from 2024 --to 2024
meetings 2024                          | rcpref timeline --event meeting --from 2024 --to 2024
next meeting                           | rcpref timeline --event meeting --from 2026
list rcps                              | rcpref list processes --classification RCP
rcps in africa                         | rcpref list processes --region Africa
active processes                       | rcpref list processes --active-since 2023
biggest process                        | rcpref list processes --sort -size
overlap                                | rcpref chart overlap
trafficking                            | rcpref list processes --topic trafficking
which trafficking                      | rcpref list processes --topic trafficking
what is an rcp                         | rcpref show rcp
when did colombo last meet             | rcpref show colombo-process
bali next meeting                      | rcpref show bali-process
show quito next chair                  | rcpref show quito -p next_chair
who withdrew                           | rcpref timeline --event leaving
list chairs                            | rcpref list processes --columns short_name,chair
list processes --inactive              | rcpref list processes --inactive-since 2020
timeline igad --since 2024             | rcpref timeline igad --from 2024
diff --since 2024-01-01                | rcpref timeline --from 2024-01-01
"""


@pytest.mark.parametrize(
    ("line", "hint"),
    [tuple(map(str.strip, each.split("|"))) for each in QUESTIONS.strip().splitlines()],
)
def test_a_question_in_english_gets_the_line_that_answers_it(line: str, hint: str) -> None:
    assert hint_of(refuse(*line.split(), codes=[1, 2])) == hint
    assert output(*shlex.split(hint)[1:])


def test_a_question_may_stand_in_quotation_marks() -> None:
    done = refuse("is Venezuela still a member of the South American Conference?", codes=[1, 2])
    assert hint_of(done) == "rcpref member VEN sacm"


def test_no_line_is_offered_that_has_a_word_which_is_not_understood() -> None:
    for line in (
        "members of nosuch 2013",
        "who chairs nosuch",
        "is nosuch in igad",
        "conclusions 99",
    ):
        assert "nosuch" not in hint_of(refuse(*line.split(), codes=[1, 2]))


def test_what_is_wrong_behind_a_name_is_said_of_that() -> None:
    assert "no record or State named 'nowhere'" in refuse("igc", "nowhere", codes=[1]).err
    assert "--at-lima" in refuse("igc", "--at-lima", codes=[2]).err
    assert "lists" not in hint_of(refuse("korea", codes=[2]))
    assert "no command ''" in refuse("", codes=[2]).err
    # A name, however much like a command.
    assert "--nosuch" in refuse("show", "--nosuch", codes=[2]).err


def test_help_on_a_command() -> None:
    same("help", "--help")
    for name in COMMANDS:
        same(f"help {name}", f"{name} --help")
    assert output("help", "help").out.startswith("Usage: rcpref help ")
    assert hint_of(refuse("help", "membrs", codes=[2])) == "did you mean members, member?"
    assert "no command 'bali'" in refuse("help", "bali", codes=[2]).err
    refuse("help", "list", "show", codes=[2])
    assert "rcpref help COMMAND" in output("--help").out
    shared = output("help", "output").out
    for option in ("--format", "--columns", "--width", "--data"):
        assert option in shared and option not in output("help", "members").out


def test_help_on_reading_an_answer() -> None:
    told = output("help", "answers").out
    assert told.startswith("How to read an answer\n")
    for word in (*ANSWERS, *BASES, "standing", "distance"):
        assert re.search(rf"\b{word}\b", told), word
    assert max(map(len, told.splitlines())) < 80
    assert len(told.splitlines()) <= 40
    for line in re.findall(r"^  (rcpref .*?)(?:  .*)?$", told, re.M):
        assert output(*line.split()[1:]).out, line
    assert hint_of(refuse("help", "answer", codes=[2])) == "did you mean answers?"
    assert "help answers" in prose("--help")


@pytest.mark.process
@pytest.mark.parametrize("args", [("help",), ("help", "members")], ids=" ".join)
def test_help_needs_no_data(args: tuple[str, ...]) -> None:
    modules = imported_by(*args)
    assert not are_in(modules, ("json", "tomli", "rcpref.views", "rcpref.data.loading"))


# Options before the command -------------------------------------------------------------


@pytest.mark.parametrize(("line", "usual"), cases({
    "list processes -f json": ["-f json list processes"],
    "members igc -f csv": ["--format=csv members igc"],
    "list bodies --header": ["--header list bodies"],
    "show igc --columns name -f jsonl": ["--columns name --header show igc -f jsonl"],
    "about --color always -f table": ["--color always -f table about"],
    "list processes": ["-f json list processes -f tsv", "-f json list processes -f auto"],
    "show igc -f json": ["-f json igc", "-f json -- igc"],
}))  # fmt: skip
def test_options_of_output_stand_before_the_command_too(line: str, usual: str) -> None:
    if "--columns name" in line:
        line, usual = line.replace("name", "property"), usual.replace("name", "property")
    same(line, usual)


def test_an_overlay_is_named_before_the_command(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("entry") / "overlay"
    run_command("new", "process", "odd-process", "--data", str(folder))
    text = (folder / "processes" / "odd-process.toml").read_text(encoding="utf-8")
    assert "odd-process" in text
    (folder / "processes" / "odd-process.toml").write_text(
        'id = "odd-process"\nkind = "process"\nname = "The odd one"\nshort_name = "Odd"\n',
        encoding="utf-8",
    )
    for line in (["show", "odd one"], ["odd", "one"], ["odd-process"]):
        assert "odd-process" in run_command("--data", str(folder), *line).ids
    assert offered("--data", str(folder), "odd") == ["odd-process"]
    assert offered("--data", str(folder), "show", "odd") == ["odd-process"]


def test_a_wrong_option_before_the_command() -> None:
    assert "no format 'xml'" in refuse("-f", "xml", "list", codes=[2]).err
    assert "no column 'nix'" in refuse("--columns", "nix", "list", "processes", codes=[2]).err
    refuse("-f", codes=[2])
    refuse("--at-lima", "list", codes=[2])
    same("-f json", "--help")


@pytest.mark.parametrize("line", [
    ["-f", "bogus"],
    ["--format="],
    ["--color", "x"],
    ["--width", "3"],
    ["--width", "x"],
    ["--data", ""],
    ["--data", "nothere"],
    ["--columns", "zz"],
    ["--columns", "id,zz"],
    ["--columns", ""],
    ["-f", "graphml", "--columns", "id"],
    ["--as-of", "nonsense"],
    ["--limit", "3"],
    ["--install-completion", "x"],
], ids=" ".join)  # fmt: skip
def test_a_wrong_option_without_a_command(line: list[str]) -> None:
    alone, with_command = (
        refuse(*line, *more, codes=[2, 3]) for more in ([], ["list", "processes"])
    )
    assert alone.code == with_command.code
    assert alone.err.splitlines()[0] == with_command.err.splitlines()[0]
    assert refuse(*line, "help", codes=[2, 3]) == alone


def test_a_right_option_without_a_command_prints_the_help(tmp_path: Path) -> None:
    run_command("new", "process", "odd", "--data", str(tmp_path))
    (tmp_path / "processes" / "odd.toml").unlink()
    for line in (
        ["-f", "json"],
        ["-f", "graphml"],
        ["--header"],
        ["--width", "100", "--color", "never"],
        ["--columns", "id,Name,short name,Founded,founded-date,igc?,disputed_by"],
        ["--data", str(tmp_path)],
        ["--no-sources", "--no-pager"],
    ):
        assert output(*line) == output("--help")


@pytest.mark.parametrize("command", sorted(EACH.keys() - {"export"}))
def test_the_columns_of_a_command_are_right_without_it(command: str) -> None:
    asked = [str(small_data())] if command == "diff" else EACH[command]
    for more in ([], ["--long"] if command == "matrix" else ["--history"]):
        done = run_inside([command, *asked, *more, "-f", "csv"], environment())
        if done.code == 0:
            columns = done.lines[0]
            assert output("--columns", columns) == output("--help"), columns


# Names of several words -----------------------------------------------------------------


@pytest.mark.parametrize(("line", "quoted"), [
    (["state", "South", "Africa"], ["state", "South Africa"]),
    (["state", "La", "Réunion"], ["state", "La Réunion"]),
    (["state", "United", "States", "of", "America"], ["state", "USA"]),
    (["members", "Bali", "Process"], ["members", "bali-process"]),
    (["members", "COMESA", "RCP"], ["members", "midcom"]),
    (["members", "igad", "rcp"], ["members", "igad-rcp"]),
    (["show", "IGAD", "RCP"], ["show", "igad-rcp"]),
    (["timeline", "Bali", "Process"], ["timeline", "bali-process"]),
    (["timeline", "IGC", "South", "Africa"], ["timeline", "IGC", "South Africa"]),
    (["disputes", "Abu", "Dhabi", "Dialogue"], ["disputes", "abu-dhabi-dialogue"]),
    (["compare", "Bali", "Process", "IGC"], ["compare", "bali-process", "igc"]),
    (["cite", "Bali", "Process", "mrs-45"], ["cite", "Bali Process", "mrs-45"]),
    (["cite", "conclusion-3", "Bali", "Process"], ["cite", "conclusion-3", "bali-process"]),
], ids=lambda line: " ".join(line))  # fmt: skip
def test_words_are_joined_to_names(line: list[str], quoted: list[str]) -> None:
    assert run_command(*line).out == run_command(*quoted).out


def test_a_name_that_fits_several_is_an_error_among_others() -> None:
    done = refuse("show", "Korea", "South", "Africa", codes=[2])
    assert done == refuse("show", "Korea", codes=[2])


def test_quotes_hold_a_name_together() -> None:
    assert "'Bali Process Colombo'" in refuse("show", "Bali Process Colombo", codes=[1]).err
    same("show igc puebla", "show igc puebla-process")
    assert output("show", "Bali Process", "Colombo Process") == output(
        *("show", "bali-process", "colombo-process")
    )


def test_ids_are_left_as_they_are(data: rcpref.Dataset) -> None:
    """What a command lists can be given to another, in any order."""
    assert names_of(data, ["CYP", "RUS"], ANY) == ["CYP", "RUS"]
    assert names_of(data, ["igad", "rcp", "sacm"], ANY) == ["igad", "rcp", "sacm"]
    assert names_of(data, list(data.records), ANY) == list(data.records)
    assert names_of(data, list(data.countries), STATES) == list(data.countries)


@pytest.mark.parametrize("words", ["IGAD RCP", "igad rcp", "Igad rcp", "comesa rcp", "COMESA RCP"])
def test_ids_that_together_are_one_name_are_that(data: rcpref.Dataset, words: str) -> None:
    assert names_of(data, words.split(), ANY) == [words]


def every_name(data: rcpref.Dataset) -> Iterator[str]:
    for raw in (*data.document["records"].values(), *data.document["countries"].values()):
        names = [raw["name"], raw.get("short_name", ""), raw.get("official_name", "")]
        yield from (name for name in (*names, *raw.get("aliases", ())) if name)


def test_every_name_of_the_data_means_the_same_without_quotes(data: rcpref.Dataset) -> None:
    names = {name for name in every_name(data) if len(name.split()) > 1}
    assert len(names) > 300
    for name in names:
        assert names_of(data, name.split(), ANY) == [" ".join(name.split())], name


def test_names_of_records_in_a_row_are_told_apart(data: rcpref.Dataset) -> None:
    records = [record for record in data if record.kind in MEMBER_KINDS]
    words = [word for record in records for word in record.short_name.split()]
    found = names_of(data, words, ANY)
    assert [find_any(data, name) for name in found] == records


TOY = {
    "a": "1",
    "b": "2",
    "a b": "3",
    "b c": "4",
    "c": "5",
    "d": "1",
    "d e": "1",
    "e f": "2",
    "f": "2",
}


def toy(name: str) -> frozenset[str]:
    return frozenset(TOY.get(name, ""))


@pytest.mark.parametrize(("words", "names"), [
    ("a b", ["a b"]),
    ("a a b", ["a", "a b"]),
    ("b a", ["b", "a"]),
    ("d e f", ["d e", "f"]),
    ("x", ["x"]),
    ("x y", ["x y"]),
    ("a x y b", ["a", "x y"]),
    ("x a b", ["x"]),
    ("a b x", ["a b", "x"]),
])  # fmt: skip
def test_the_fewest_names_else_what_is_none(words: str, names: list[str]) -> None:
    assert names_among(words.split(), toy) == names


def test_of_several_ways_that_counts_in_which_no_word_is_left_out() -> None:
    """CIS is a name as well, and "Conference" a word that may be left out before another."""
    for line in (
        ["show", "CIS", "Conference", "CMC"],
        ["compare", "cis", "conference", "prague", "process"],
        ["cite", "CIS", "Conference", "CMC"],
    ):
        quoted = [line[0], " ".join(line[1:3]), " ".join(line[3:])]
        assert run_command(*line).out == run_command(*quoted).out


def test_several_ways_are_an_error_that_names_them() -> None:
    with pytest.raises(UsageProblem) as caught:
        names_among(["a", "b", "c"], toy)
    assert str(caught.value) == "'a b c' can be read as 'a b' and 'c' or as 'a' and 'b c'"
    assert "quotation marks" in caught.value.hint


def test_several_ways_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "processes").mkdir()
    for number, name in enumerate(("Upper Middle", "Lower", "Upper", "Middle Lower")):
        (tmp_path / "processes" / f"odd-{number}.toml").write_text(
            f'id = "odd-{number}"\nkind = "process"\nname = "{name}"\nshort_name = "{name}"\n',
            encoding="utf-8",
        )
    line = ["show", "upper", "middle", "lower", "--data", str(tmp_path)]
    done = refuse(*line, codes=[2])
    assert "'upper middle' and 'lower' or as 'upper' and 'middle lower'" in done.err
    assert run_command("show", "upper middle", "lower", "--data", str(tmp_path)).out


def test_many_words_are_read_in_a_breath(data: rcpref.Dataset) -> None:
    """It would never end if all the ways to read them were tried."""
    words = ["Bali", "Process", "South", "Africa"]
    assert names_of(data, words * 10, ANY) == ["Bali Process", "South Africa"] * 10
    with pytest.raises(UsageProblem, match="501 words are too many"):
        names_of(data, [*words * 125, "igc"], ANY)


# Several names --------------------------------------------------------------------------


def test_members_of_several_stand_one_after_the_other() -> None:
    one, other = output("members", "igc"), output("members", "sacm")
    both = output("members", "igc", "sacm")
    assert rows(both.out) == [
        *(["igc", *row] for row in rows(one.out)),
        *(["sacm", *row] for row in rows(other.out)),
    ]
    header = output("members", "igc", "sacm", "--header").lines[0]
    assert header.split("\t")[:3] == ["asked", "id", "name"]
    # The same twice is asked once, and then as it always was.
    assert output("members", "igc", "IGC") == one


def test_json_of_several_says_for_which_each_item_is() -> None:
    report = output("state", "Peru", "South", "Africa", "-f", "json").json
    assert report["query"]["states"] == ["PER", "ZAF"]
    assert "state" not in report["query"]
    for code in ("PER", "ZAF"):
        alone = output("state", code, "-f", "json").json["items"]
        found = [dict(item) for item in report["items"] if item["asked"] == code]
        assert [item.pop("asked") for item in found] == [code] * len(alone)
        assert found == alone


def test_columns_of_several() -> None:
    done = output("members", "igc", "sacm", "--columns", "asked,name", "-f", "csv")
    assert done.lines[0] == "asked,name"
    assert "igc,Australia" in done.lines
    assert "no column 'nix'" in refuse("members", "igc", "sacm", "--columns", "nix", codes=[2]).err
    text = prose("members", "igc", "sacm", "--columns", "name")
    assert "Australia" in text
    assert "Basis" not in text


def test_people_read_of_each_in_turn() -> None:
    text = prose("members", "igc", "sacm")
    assert text.index("Members of IGC") < text.index("Members of SACM")
    assert "Sources" in text


def test_notices_say_of_which_they_speak() -> None:
    done = output("members", "bali-process", "igc", "--as-of", "2013-05")
    alone = output("members", "bali-process", "--as-of", "2013-05")
    assert f"bali-process: {alone.err}" in done.err


def test_one_of_several_without_an_answer_is_named() -> None:
    with_none = "commit-process"
    refuse("members", with_none, "--observers", codes=[1])
    done = output("members", with_none, "colombo-process", "--observers")
    assert {row[0] for row in rows(done.out)} == {"colombo-process"}
    assert "no observers of" in done.err


def test_which_of_several_names() -> None:
    found = rows(output("which", "CAN", "South", "Sudan").out)
    assert [row[:2] for row in found] == [
        ["CAN", "andean-community"],
        ["CAN", "CAN"],
        ["South Sudan", "SSD"],
    ]


@pytest.mark.parametrize("command", ["members", "state", "which", "show", "compare"])
def test_an_unknown_name_among_several_stops_all(command: str) -> None:
    known = "Peru" if command in ("state", "which", "show") else "igc"
    done = refuse(command, known, "nowhere", "at", "all", codes=[1])
    assert "'nowhere at all'" in done.err


# Names from standard input --------------------------------------------------------------


def test_names_from_standard_input() -> None:
    assert fed("Kenya\nPeru\n", "state", "-") == output("state", "Kenya", "Peru")
    assert fed("Bali Process\r\n\n  igc", "members", "-") == output(
        *("members", "bali-process", "igc")
    )
    assert fed("igc\n", "-") == output("show", "igc")
    assert fed("\ufeffigc\n", "show", "-") == output("show", "igc")
    assert fed("lima-2013/conclusion-5\nBali Process\n", "cite", "-") == output(
        *("cite", "lima-2013/conclusion-5", "bali-process")
    )
    assert fed("5+5\n", "timeline", "-") == output("timeline", "5+5")


def test_the_first_column_of_a_list_is_a_name() -> None:
    listed = output("list", "processes", "--at-lima")
    done = fed(listed.out, "show", "-", "-p", "status")
    assert done.ids == output("show", *listed.ids, "-p", "status").ids


@pytest.mark.parametrize(("content", "message", "code"), [
    ("", "there is no name on standard input", 2),
    ("\n \n\t\n", "there is no name on standard input", 2),
    (b"igc\n\xff\xfe\n", "standard input, line 2: it is not UTF-8", 2),
    ("igc\n" * 300_000, "standard input is too long for names", 2),
    ("igc\nnowhere\n", "no record or State named 'nowhere'", 1),
    ("\x1b[31m\n", "no record or State named", 1),
], ids=["empty", "blank", "no text", "too long", "unknown", "control"])  # fmt: skip
def test_what_standard_input_must_not_be(content: str | bytes, message: str, code: int) -> None:
    done = fed(content, "show", "-")
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert "\x1b" not in done.err


def test_a_dash_stands_alone() -> None:
    for line in (["show", "-", "igc"], ["show", "igc", "-"], ["-", "-"]):
        assert "no other name may be given" in refuse(*line, codes=[2]).err


@pytest.mark.process
def test_a_closed_standard_input() -> None:
    done = apart(["sh", "-c", f"'{COMMAND}' show - <&-"], text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("rcpref: error: there is no name on standard input\n")


# Completion -----------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "values"), [
    (["bal"], ["bali-process"]),
    (["ken"], ["kenya"]),
    (["hel"], ["help"]),
    (["help", "mem"], ["member", "members"]),
    (["help", "bal"], []),
    (["igc", "mids"], ["midsa"]),
    (["bali-process", "--hist"], ["--history"]),
    (["--", "bal"], ["bali-process"]),
    (["--", "discl"], []),
    (["--colu"], ["--columns"]),
    (["-f", "json", "sho"], ["show"]),
], ids=lambda part: " ".join(part) if isinstance(part, list) else None)  # fmt: skip
def test_what_is_offered(words: list[str], values: list[str]) -> None:
    assert offered(*words) == values


def test_names_are_explained() -> None:
    assert explained("fish", "rcpref igad-") == {"igad-rcp": "IGAD-RCP"}
    assert explained("zsh", "rcpref hel") == {"help": "Explain a command, with examples."}
