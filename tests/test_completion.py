"""Completion by TAB: what is offered, in which shells, at what cost, and how it fails."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pexpect
import pytest

import rcpref
from conftest import COMMAND, Result, apart, environment, run_command, run_inside, small_data
from helpers import EACH, hint_of, in_terminal, output, raw, refuse, sample, write_files
from imports import NEVER, ONCE_ASKED, are_in, imported_by
from rcpref.answers.names import find_record, find_state
from rcpref.answers.references import passages_of
from rcpref.answers.values import known_of
from rcpref.citation.styles import STYLES
from rcpref.cli import completion
from rcpref.cli.commands import COMMANDS as NAMES
from rcpref.cli.commands import Commands
from rcpref.cli.shells import SHELLS
from rcpref.data import baked, loading
from rcpref.data.dataset import Data, digest_of
from rcpref.data.document import read_folder
from rcpref.errors import AmbiguousName
from rcpref.model import LISTED, MEMBER_KINDS
from rcpref.report.options import COLORS, FORMATS
from rcpref.spelling import key_of

OTHER = ("zsh", "fish")
"""Shells that show a word on each value."""


def asked_by_bash(*words: str, place: int | None = None) -> dict[str, str]:
    """The environment in which bash asks: `words` as it cuts them, the cursor on the last."""
    return {
        "_RCPREF_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(["rcpref", *words]),
        "COMP_CWORD": str(len(words) if place is None else place),
    }


def asked_by(shell: str, line: str) -> dict[str, str]:
    """The environment in which zsh or fish asks for the line up to the cursor."""
    return {
        "_RCPREF_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }


def quiet(done: Result) -> str:
    assert done.err == ""
    return done.out


def offered(*words: str, env: dict[str, str] | None = None, place: int | None = None) -> list[str]:
    """What bash gets, which must hold nothing that it would read as more than a word."""
    found = run_command(env={**asked_by_bash(*words, place=place), **(env or {})})
    values = quiet(found).splitlines()
    values = [value for value in values if value]
    for value in values:
        assert re.fullmatch(r"[\w.,:-][\w.,:/-]*", value), value
    return values


def explained(shell: str, line: str, env: dict[str, str] | None = None) -> dict[str, str]:
    """What zsh or fish gets: values with the words on them."""
    out = quiet(run_command(env={**asked_by(shell, line), **(env or {})}))
    if shell == "fish":
        parts = (row.partition("\t") for row in out.splitlines() if row)
        return {value: text for value, _, text in parts}
    if out == "_files\n":
        return {}
    listed = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'\n", out, re.DOTALL)
    assert listed, out
    assert "'" not in listed[1]
    found = {}
    for row in listed[1].split("\n"):
        cut = re.fullmatch(r'"([^"]*)"(?::"([^"]*)")?', row)
        assert cut, row
        found[cut[1].replace("\\\\:", ":")] = (cut[2] or "").replace("\\\\:", ":")
    return found


# Values --------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "values"), [
    (["sh"], ["show"]),
    (["co"], ["compare", "conclusions"]),
    (["--show-completion", "f"], ["fish"]),
    (["show", "bali"], ["bali-process"]),
    (["show", "BALI"], ["bali-process"]),
    (["show", "igc", "igad-"], ["igad-rcp"]),
    (["show", "5+5"], ["5-plus-5-dialogue"]),
    (["show", "ken"], ["kenya"]),
    (["show", "zzqqxx"], []),
    (["members", "gfmd"], []),
    (["compare", "midsa", "mids"], []),
    (["timeline", "swaz"], ["swaziland"]),
    (["which", "gabo", "gab"], ["gaborone-2011"]),
    (["disputes", "ken"], []),
    (["state", "sri"], ["sri-lanka"]),
    (["state", "côte"], ["cote-divoire"]),
    (["state", "igc"], []),
    (["list", "pro"], ["processes", "properties"]),
    (["list", "processes", "--member", "ken"], ["kenya"]),
    (["list", "processes", "--attended", "lim"], ["lima-2013"]),
    (["list", "processes", "--region", "eastern-a"], ["eastern-africa", "eastern-asia"]),
    (["list", "processes", "--columns", "short_name,stat"], ["short_name,status"]),
    (["list", "processes", "--columns", "status,sta"], []),
    (["list", "processes", "--sort", "acr"], ["acronym"]),
    (["members", "igc", "--columns", "id,ba"], ["id,basis"]),
    (["members", "igc", "--answer", "yes,p"], ["yes,possible"]),
    (["search", "x", "--kind", "conclusion,p"], ["conclusion,process", "conclusion,paragraph"]),
    (["search", "x", "--in", "names,t"], ["names,texts"]),
    (["search", "x", "-p", "members_c"], ["members_count"]),
    (["show", "igc", "-p", "cha"], ["chair", "chair_rule"]),
    (["show", "nobody", "-p", "founding_e"], ["founding_event"]),
    (["text", "lima-2013/foot"], ["lima-2013/footnote-1", "lima-2013/footnote-2"]),
    (["text", "LIMA-2013/signa"], ["lima-2013/signature-1"]),
    (["text", "theme-4"], ["theme-4"]),
    (["text", "nowhere/theme"], []),
    (["conclusions", "2", "5", ""], ["1", "3", "4"]),
    (["cite", "mrs"], ["mrs-45"]),
    (["cite", "lima-2013/conclusion-5"], ["lima-2013/conclusion-5"]),
    (["cite", "mrs-45", "mrs"], []),
    (["cite", "igc", "--style", "b"], ["bibtex"]),
    (["list", "--format", "js"], ["json"]),
    (["list", "--data", "te"], []),
    (["check", "te"], []),
    (["about", ""], []),
    # What an entry may be without a command.
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


def test_all_commands_are_offered_in_the_order_of_the_overview() -> None:
    assert offered("") == [*NAMES, "help"]


def test_all_of_a_few_values(data: rcpref.Dataset) -> None:
    assert offered("list", "-f", "") == list(FORMATS)
    assert offered("list", "--color", "") == list(COLORS)
    assert offered("list", "") == list(LISTED.values())
    assert offered("--show-completion", "") == list(SHELLS)
    assert offered("show", "") == list(data.records)
    assert offered("cite", "") == [*data.records, "dataset"]
    assert offered("text", "") == ["lima-2013", *(passage.ref for passage in data.passages())]
    assert offered("show", "igc", "-p", "") == [
        key for key in data.properties if data["igc"].claims_of(key)
    ]
    assert offered("members", "") == [r.id for r in data if r.kind in MEMBER_KINDS]
    assert offered("search", "x", "-p", "") == list(data.properties)


def test_styles_of_citations_are_offered() -> None:
    assert offered("cite", "igc", "--style", "") == list(STYLES)


def test_the_name_offered_for_a_state_means_that_state(data: rcpref.Dataset) -> None:
    for typed in ("", "S"):
        names = explained("fish", f"rcpref state {typed}")
        for name, code in names.items():
            assert find_state(data, name).alpha3 == code
            assert name.startswith(typed)
    assert set(explained("fish", "rcpref state ").values()) == set(data.countries)


def test_another_name_offered_for_a_record_means_that_record(data: rcpref.Dataset) -> None:
    """Where two have the name, it is an error that lists both."""
    every = {key_of(name)[:3] for _, name, _ in data.plain.names.records.listed()}
    ids = {record.id[:3] for record in data}
    others = [
        (name, key)
        for typed in sorted(every - ids)[::3]
        for name, key in explained("fish", f"rcpref show {typed}").items()
        if key in data.records
    ]
    assert len(others) > 50
    for name, key in others:
        try:
            assert find_record(data, name).id == key, name
        except AmbiguousName as error:
            assert key in error.candidates


def test_every_reference_offered_can_be_read(data: rcpref.Dataset) -> None:
    for reference in (*offered("text", "lima-2013/"), *offered("text", "p")):
        _, passages = passages_of(data, reference)
        assert [p.ref.rpartition("/")[2] for p in passages] == [reference.rpartition("/")[2]]


@pytest.mark.parametrize("option", ["classification", "region"])
def test_a_value_of_several_words_is_understood(option: str) -> None:
    for value in offered("list", "processes", f"--{option}", ""):
        done = run_inside(("list", "processes", f"--{option}", value), environment())
        assert done.code in (0, 1), value


OTHER_COLUMNS = ("list", "new")
"""Commands whose columns go by what is listed or counted, or that print no table."""


@pytest.mark.parametrize(
    "command", sample(sorted(NAMES.keys() - set(OTHER_COLUMNS)), ("members", "export", "compare"))
)
def test_the_columns_offered_can_be_chosen(command: str, tmp_path: Path) -> None:
    line = [command, *(str(small_data()) if each == "data" else each for each in EACH[command])]
    line = ["export", str(tmp_path / "data.json")] if command == "export" else line
    columns = offered(command, "--columns", "")
    more = ["--force"] if command == "export" else []
    # Compare has a column for each record, too.
    usual = set(run_command(*line, "--header", "-f", "tsv").lines[0].split("\t")) - {*line}
    assert usual <= set(columns)
    chosen = run_command(*line, *more, "--header", "-f", "tsv", "--columns", ",".join(columns))
    assert chosen.lines[0].split("\t") == columns


@pytest.mark.parametrize("kind", LISTED.values())
def test_the_columns_offered_for_a_list_can_be_chosen(kind: str) -> None:
    columns = offered("list", kind, "--columns", "")
    header = output("list", kind, "--header", "-f", "tsv", "--columns", ",".join(columns)).lines[0]
    assert header.split("\t") == columns
    usual = output("list", kind, "--header", "-f", "tsv").lines[0].split("\t")
    assert set(usual) <= set(columns)


FREE = {
    *("DATE", "DATES", "PATH", "[DIR]...", "N", "WORDS", "WORDS...", "[WORDS]..."),
    *("OLD", "[NEW]", "TARGET", "FILE", "YEARS"),
}
"""What nothing can offer; for files and folders the shell's own completion is the better one."""


def parameters() -> Iterator[Any]:
    group = Commands(name="rcpref")
    for name in NAMES:
        for parameter in group.get_command(None, name).params:
            if not getattr(parameter, "is_flag", False):
                yield pytest.param(parameter, id=f"{name} {parameter.opts[0]}")


@pytest.mark.parametrize("parameter", list(parameters()))
def test_arguments_with_known_values_have_offers(parameter: Any) -> None:
    has = isinstance(parameter.type, completion.Offers)
    # A number is free where it limits, known where it names a conclusion.
    free = parameter.metavar in FREE
    assert has != free, (
        f"give {parameter.opts[0]} a click_type= of rcpref.cli.completion, or, if its "
        f"values cannot be known, a metavar that is in FREE of this test"
    )


# Words as bash cuts them ---------------------------------------------------------------


def test_words_that_bash_has_cut_at_the_sign_of_equality() -> None:
    assert offered("list", "--format", "=", "js") == ["json"]
    assert offered("list", "--format", "=") == list(FORMATS)
    assert offered("list", "--format", "=", "json", "pro") == ["processes", "properties"]
    assert offered("show", "igc", "--property", "=", "founding_") == ["founding_event"]


def test_an_empty_word_before_others() -> None:
    words = ("list", "--color", "", "--format", "json")
    assert offered(*words, place=3) == list(COLORS)


def test_the_name_of_a_file_is_left_to_the_shell() -> None:
    for sign in (">", ">>", "<", "2>"):
        assert offered("list", "processes", sign, "pro") == []
        assert offered("list", "processes", sign) == []


def test_options_that_do_something_do_nothing_before_a_tab() -> None:
    assert offered("--version", "sho") == ["show"]
    assert offered("--help", "sho") == ["show"]
    assert offered("--install-completion", "bash", "sho") == ["show"]
    assert offered("--show-completion", "bash", "sho") == ["show"]


# zsh and fish by their protocol --------------------------------------------------------


@pytest.mark.parametrize("shell", OTHER)
def test_values_with_words_on_them(shell: str) -> None:
    igad = {"igad-rcp": "IGAD-RCP", "igad": "IGAD"}
    assert explained(shell, "rcpref show iga") == explained(shell, "rcpref iga") == igad
    assert explained(shell, "rcpref state sri") == {"sri-lanka": "LKA"}
    assert explained(shell, "rcpref state CHE") == {"CHE": "Switzerland"}
    assert explained(shell, "rcpref li") == {"list": NAMES["list"]}
    assert explained(shell, "rcpref hel") == {"help": "Explain a command, with examples."}
    assert explained(shell, "rcpref list -f tab") == {"table": ""}
    assert explained(shell, "rcpref show zzqqxx") == {}
    numbers = explained(shell, "rcpref conclusions ")
    assert list(numbers) == ["1", "2", "3", "4", "5"]
    assert all(10 < len(text) <= 60 for text in numbers.values())


@pytest.mark.parametrize("shell", OTHER)
def test_the_help_of_an_option_stays_in_one_line(shell: str) -> None:
    options = explained(shell, "rcpref list --")
    assert all(option.startswith("-") for option in options)
    assert options["--as-of"].endswith("(default: what is last known).")


@pytest.mark.parametrize("shell", OTHER)
def test_a_value_in_one_word_with_its_option(shell: str) -> None:
    for typed in ("js", "JS"):
        found = explained(shell, f"rcpref list --format={typed}")
        assert found == {"--format=json": ""}
    assert explained(shell, "rcpref list --format=json bod") == {"bodies": ""}


def test_fish_is_told_whether_there_is_anything() -> None:
    for line, code in (("rcpref sho", 0), ("rcpref show zzqqxx", 1), ("rcpref check ", 1)):
        env = {**asked_by("fish", line), "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
        done = run_command(env=env, code=code, quiet=False)
        assert (done.out, done.err) == ("", "")


# Real shells ---------------------------------------------------------------------------


class Line:
    """An interactive shell in which lines are typed and completed, but not run."""

    def __init__(self, command: list[str], env: dict[str, str], cwd: Path) -> None:
        path = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"
        self.child: pexpect.spawn[str] = pexpect.spawn(
            command[0],
            command[1:],
            env=environment({"PATH": path, "TERM": "dumb", **env}),
            cwd=str(cwd),
            encoding="utf-8",
            dimensions=(100, 1000),
            timeout=30,
        )

    def do(self, line: str) -> None:
        self.child.sendline(f"{line}; echo do'ne'")
        self.child.expect("\ndone\r")

    def typed(self, line: str) -> str:
        """The words of a line after TAB at its end, as the shell then reads them."""
        # Control-A goes to the beginning: the line is echoed instead of run.
        self.child.send(f"{line}\t\x01printf '[%s]' '' ")
        self.child.sendline("")
        self.child.expect(r"\n\[\](\[.*?\])\r?\n?[^\[\r\n]*ready>")
        return str(self.child.match[1])


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """One for all lines."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("needs bash")
    home = tmp_path_factory.mktemp("bash")
    (home / "my-overlay").mkdir()
    env = {"HOME": str(home), "INPUTRC": os.devnull, "HISTFILE": ""}
    line = Line([shell, "--norc", "--noprofile", "-i"], env, home)
    line.do("PS1='ready> '; bind 'set enable-bracketed-paste off'")
    line.do("source <(rcpref --show-completion bash)")
    yield line
    line.child.close(force=True)


@pytest.mark.process
@pytest.mark.parametrize(("line", "words"), [
    ("rcpref sho", "rcpref show"),
    ("rcpref show bal", "rcpref show bali-process"),
    ("rcpref show BAL", "rcpref show bali-process"),
    ("rcpref show 'bal", "rcpref show bali-process"),
    ('rcpref show "bal', "rcpref show bali-process"),
    ("rcpref show 5+", "rcpref show 5-plus-5-dialogue"),
    ("rcpref show IG", "rcpref show ig"),
    ("rcpref show zzqqxx", "rcpref show zzqqxx"),
    ("rcpref state Côt", "rcpref state Cote-Divoire"),
    ("rcpref text lima-2013/sig", "rcpref text lima-2013/signature-1"),
    ("rcpref text lima-2013/concl", "rcpref text lima-2013/conclusion-"),
    ("rcpref cite mrs", "rcpref cite mrs-45"),
    ("rcpref list --format tab", "rcpref list --format table"),
    ("rcpref list --format=tab", "rcpref list --format=table"),
    ("rcpref list processes --for", "rcpref list processes --format"),
    ("rcpref list processes --columns id,stat", "rcpref list processes --columns id,status"),
    ("rcpref check my", "rcpref check my-overlay/"),
    ("rcpref list processes --data my", "rcpref list processes --data my-overlay/"),
])  # fmt: skip
def test_tab_in_bash(bash: Line, line: str, words: str) -> None:
    assert bash.typed(line) == "".join(f"[{word}]" for word in words.split())


@pytest.mark.process
def test_bash_lists_what_there_is(bash: Line) -> None:
    bash.do("bind 'set show-all-if-ambiguous on'")
    bash.child.send("rcpref conclusions \t")
    bash.child.expect(r"1 +2 +3 +4 +5")
    bash.child.sendintr()
    bash.do("bind 'set show-all-if-ambiguous off'")


@pytest.mark.process
def test_bash_completes_once_the_line_is_added(tmp_path: Path) -> None:
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("needs bash")
    line = line_to_add("bash")
    (tmp_path / ".bashrc").write_text(f"PS1='ready> '\nHISTFILE=''\n{line}\n")
    env = {"HOME": str(tmp_path), "INPUTRC": os.devnull}
    typing = Line([shell, "--noprofile", "-i"], env, tmp_path)
    typing.do("bind 'set enable-bracketed-paste off'")
    assert typing.typed("rcpref show bal") == "[rcpref][show][bali-process]"
    typing.child.close(force=True)
    assert [path.name for path in tmp_path.iterdir()] == [".bashrc"]


@pytest.mark.process
@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
@pytest.mark.parametrize(("line", "words"), [
    ("rcpref sho", "rcpref show"),
    ("rcpref show bal", "rcpref show bali-process"),
    ("rcpref state Ken", "rcpref state Kenya"),
    ("rcpref list --format=tab", "rcpref list --format=table"),
    ("rcpref list processes --limi", "rcpref list processes --limit"),
    ("rcpref text lima-2013/sig", "rcpref text lima-2013/signature-1"),
    ("rcpref conclusions 1 2 3 4 ", "rcpref conclusions 1 2 3 4 5"),
    ("rcpref cite overlay:odd-n", "rcpref cite overlay:odd-note"),
    ("rcpref show odd-p", "rcpref show odd-process"),
    ("rcpref check my", "rcpref check my-overlay"),
])  # fmt: skip
def test_tab_in_zsh(tmp_path: Path, odd_overlay: Path, line: str, words: str) -> None:
    (tmp_path / "my-overlay").mkdir()
    (tmp_path / ".zshrc").write_text(
        "PS1='ready> '\nunsetopt promptsp\nunset zle_bracketed_paste\nautoload -Uz compinit\n"
        "compinit -u -D\nsource <(rcpref --show-completion zsh)\n"
    )
    env = {"ZDOTDIR": str(tmp_path), "HOME": str(tmp_path), "RCPREF_DATA": str(odd_overlay)}
    shell = Line(["zsh", "-i"], env, tmp_path)
    shell.child.expect("ready> ")
    assert shell.typed(line) == "".join(f"[{word}]" for word in words.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".zshrc", "my-overlay"]
    shell.child.close(force=True)


@pytest.mark.process
@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
@pytest.mark.parametrize(("line", "values"), [
    ("rcpref sho", ["show"]),
    ("rcpref show BAL", ["bali-process"]),
    ("rcpref text lima-2013/sig", ["lima-2013/signature-1"]),
    ("rcpref list --format=tab", ["--format=table"]),
    ("rcpref check my", ["my-overlay/"]),
])  # fmt: skip
def test_tab_in_fish(tmp_path: Path, line: str, values: list[str]) -> None:
    (tmp_path / "my-overlay").mkdir()
    path = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"
    script = "rcpref --show-completion fish | source; complete -C $argv[1]"
    done = apart(
        ["fish", "--no-config", "-c", script, "--", line],
        cwd=tmp_path,
        env=environment({"PATH": path, "HOME": str(tmp_path)}),
        check=True,
    )
    assert [row.partition("\t")[0] for row in done.stdout.decode().splitlines()] == values


# Setting it up -------------------------------------------------------------------------


def line_to_add(*shell: str, env: Mapping[str, str] | None = None) -> str:
    """The line that `--install-completion` prints."""
    done = refuse("--install-completion", *shell, codes=[2], env=env)
    assert done.err.startswith("rcpref: error: rcpref does not change your start-up files\n")
    return hint_of(done).partition(": ")[2]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell(shell: str) -> None:
    script = run_command("--show-completion", shell).out
    assert script == run_command(f"--show-completion={shell}").out
    assert script == run_command("--color", "never", "--show-completion", shell).out
    assert "rcpref" in script
    assert "_RCPREF_COMPLETE" in script


@pytest.mark.parametrize(("shell", "file", "command"), [
    ("bash", "~/.bashrc", 'eval "$(rcpref --show-completion bash)"'),
    ("zsh", "~/.zshrc", 'eval "$(rcpref --show-completion zsh)"'),
    ("fish", "~/.config/fish/config.fish", "rcpref --show-completion fish | source"),
])  # fmt: skip
def test_the_line_to_add_is_printed_and_nothing_is_written(
    tmp_path: Path, shell: str, file: str, command: str
) -> None:
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "config", "ZDOTDIR": "dot"}
    with contextlib.chdir(tmp_path):
        done = refuse("--install-completion", shell, codes=[2], env=env)
    assert hint_of(done).startswith(f"add this line to {file}: ")
    assert done.err.endswith(f"{command}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_shell_that_is_not_named_is_that_of_the_environment() -> None:
    for shell in SHELLS:
        env = {"SHELL": f"/opt/odd/bin/{shell}"}
        assert line_to_add(env=env) == line_to_add(shell)
        script = run_command("--show-completion", shell).out
        assert run_command("--show-completion", env=env).out == script


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
@pytest.mark.parametrize("shell", ["nosuchshell", "pwsh", "powershell", ""])
def test_a_shell_that_is_none(option: str, shell: str) -> None:
    for args, env in (([shell], {"SHELL": "/bin/odd"}), ([], {"SHELL": shell})):
        done = refuse(option, *args, codes=[2], env=env)
        if shell or args:
            assert f"no completion for the shell {shell or 'odd'!r}" in done.err
        else:
            assert "the shell is not known" in done.err
        assert hint_of(done).endswith("shells: bash, zsh, fish")


def test_the_overview_is_calm() -> None:
    alone = output()
    assert max(map(len, alone.lines)) <= 80 and len(alone.lines) <= 40
    text = in_terminal().plain
    assert text == alone.out
    commands = text.partition("Commands:")[2].partition("Options:")[0]
    assert {*NAMES} <= {*commands.split()}
    assert "--install-completion [SHELL]" in text
    assert "the line that sets up TAB completion" in " ".join(text.split())
    examples = re.findall(r"^  rcpref (.+?)(?:  .*)?$", text, re.MULTILINE)
    assert len(examples) >= 4
    for example in examples:
        assert output(*example.split()).out


# Cost ----------------------------------------------------------------------------------


@pytest.mark.process
@pytest.mark.parametrize(("words", "parts"), [
    (["sho"], False),
    (["list", "--form"], False),
    (["search", "x", "--in", "na"], False),
    (["show", "bal"], True),
    (["members", "igc", "--columns", "na"], False),
    (["state", "ken"], True),
    (["text", "lima-2013/con"], True),
    (["list", "processes", "--columns", "stat"], True),
    (["show", "igc", "-p", "cha"], True),
], ids=str)  # fmt: skip
def test_a_completion_imports_no_more_than_it_needs(words: list[str], parts: bool) -> None:
    modules = imported_by(env=asked_by_bash(*words))
    assert not are_in(modules, NEVER)
    assert not are_in(modules, ONCE_ASKED)
    assert not are_in(modules, ("rcpref.report.render", "rcpref.report.programs"))
    tables = {"rcpref.views", "rcpref.views.shapes", "rcpref.views.request"}
    assert set(are_in(modules, ("rcpref.views",))) <= tables
    assert not are_in(modules, ("rcpref.model.records", "rcpref.model.texts"))
    assert ("rcpref.data.loading" in modules) == parts
    assert ("json" in modules) == parts


@pytest.mark.process
@pytest.mark.parametrize("shell", sample(OTHER, OTHER[:1]))
def test_a_word_on_each_value_needs_no_rich(shell: str) -> None:
    for line in ("rcpref ", "rcpref list --", "rcpref show "):
        assert not are_in(imported_by(env=asked_by(shell, line)), NEVER)


@pytest.mark.process
def test_a_command_name_imports_no_command() -> None:
    own = {f"rcpref.cli.{name}" for name in NAMES}
    assert not imported_by(env=asked_by_bash("s")) & own


def test_of_baked_data_only_the_parts_needed_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read_folder(loading.data_folder())
    known = known_of(Data(document))
    (tmp_path / loading.BAKED).write_bytes(baked.bake(document, digest_of(document), known))
    monkeypatch.setattr(loading, "data_folder", lambda: str(tmp_path))
    monkeypatch.delenv("RCPREF_DATA", raising=False)
    parsed: list[str] = []
    parse = baked.Parts._parse

    def watched(self: baked.Parts, key: str, kind: type) -> Any:
        parsed.append(key)
        return parse(self, key, kind)

    monkeypatch.setattr(baked.Parts, "_parse", watched)
    for line, parts in (
        ("show bal", {"records"}),
        ("state ken", {"records", "countries"}),  # where they are; what is read are names
        ("text lima-2013/con", {"texts"}),
    ):
        parsed.clear()
        assert offered(*line.split())
        assert document.keys() & parsed == parts
        assert not document["countries"].keys() & parsed


# Faults --------------------------------------------------------------------------------


@pytest.fixture
def odd_overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An overlay whose names would be commands, were a shell to read them."""
    odd = r"""a \\$(touch odd-1) `touch odd-2` ' \" \\\" ); touch odd-3; ( !! \\` *"""
    source = f'[odd-note]\ntitle = "{odd}"\npublisher = ["x"]\ntier = "primary"\ndate = "2026"\n'
    record = (
        f'id = "odd-process"\nkind = "process"\nname = "{odd}"\nshort_name = "{odd}"\n'
        f'aliases = ["Omega {odd}"]\n'
        f'[[claim]]\nproperty = "status"\nvalue = "un{odd}"\nas_of = "2026"\nsource = "odd-note"\n'
    )
    files = {"sources.toml": source, "processes/odd-process.toml": record}
    return write_files(tmp_path_factory.mktemp("overlay"), files)


def test_an_overlay_completes(odd_overlay: Path, tmp_path: Path) -> None:
    env = {"RCPREF_DATA": str(odd_overlay)}
    assert offered("show", "odd") == []
    assert offered("show", "odd", env=env) == ["odd-process"]
    assert offered("show", "--data", str(odd_overlay), "odd") == ["odd-process"]
    assert offered("cite", "overlay", env=env) == ["overlay:odd-note"]
    home = {"HOME": str(odd_overlay.parent)}
    assert offered("show", "--data", f"~/{odd_overlay.name}", "odd", env=home) == ["odd-process"]


def test_names_that_a_shell_would_read_come_out_harmless(odd_overlay: Path) -> None:
    env = {"RCPREF_DATA": str(odd_overlay)}
    # `offered` and `explained` look at each sign.
    assert len(offered("show", "omega", env=env)) == 1
    for shell in OTHER:
        for line in ("show odd", "cite overlay", "show omega"):
            words = explained(shell, f"rcpref {line}", env)
            assert len(words) == 1, line
            assert not set("".join([*words, *words.values()])) & set("\\\"'`$")


VOCABULARY = """\
["{key}"]
label = "x"
type = "text"
definition = "x"
group = "identity"
order = 1
kinds = ["process"]
"""


@pytest.mark.parametrize("key", ["x$(touch P)", "x`touch P`", "x;touch P", "x'", "x*", "X", "x-y"])
def test_a_property_whose_key_would_be_a_command_is_never_offered(tmp_path: Path, key: str) -> None:
    """In bash and zsh, TAB or Enter would run it."""
    (tmp_path / "properties.toml").write_text(VOCABULARY.format(key=key))
    for line in ("search a -p x", "show -p x", "list processes --columns x"):
        words = (*line.split()[:-2], "--data", str(tmp_path), *line.split()[-2:])
        done = run_command(env=asked_by_bash(*words), code=1, quiet=False)
        assert (done.out, done.err) == ("", "")
        for shell in OTHER:
            asked = {**asked_by(shell, f"rcpref {line}"), "RCPREF_DATA": str(tmp_path)}
            done = run_command(env=asked, code=1, quiet=False)
            assert (done.out, done.err) == ("", "")
    error = refuse("list", "properties", "--data", str(tmp_path), codes=[3]).err
    assert "E105" in error and "lower-case letters, digits and underscores" in error


@pytest.mark.parametrize("typed", ["$(x)", "`x`", "a;b", "~x", "=x", "a*", 'a"b', "a|b", "<x"])
def test_what_was_typed_before_a_comma_is_not_offered_with_signs_that_a_shell_reads(
    typed: str,
) -> None:
    words = ["search", "x", "--kind"]
    env = {**asked_by_bash(*words, ""), "COMP_WORDS": f"rcpref search x --kind '{typed},pro"}
    assert quiet(run_command(env=env)).strip() == ""
    env["COMP_WORDS"] = "rcpref search x --kind 'own,pro"
    assert quiet(run_command(env=env)) == "own,process\n"
    for shell in OTHER:
        asked = asked_by(shell, f"rcpref search x --kind '{typed},pro")
        done = run_command(env=asked)
        assert done.out.strip() in ("", "_files")
        assert explained(shell, "rcpref search x --kind own,pro") == {"own,process": ""}


BROKEN = {"nothing there": None, "a file": "", "no TOML": "[", "wrong form": "[x]\ntitle = 3\n"}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_damaged_overlay_offers_nothing(tmp_path: Path, fault: str) -> None:
    folder = tmp_path / "overlay"
    text = BROKEN[fault]
    if text == "":
        folder.write_text("")
    elif text is not None:
        folder.mkdir()
        (folder / "sources.toml").write_text(text)
    env = {"RCPREF_DATA": str(folder)}
    done = run_command(env={**env, **asked_by_bash("show", "bal")}, code=1, quiet=False)
    assert (done.out, done.err) == ("", "")
    # What needs no data is offered all the same.
    assert offered("sho", env=env) == ["show"]
    assert offered("list", "-f", "js", env=env) == ["json"]


ODD_REQUESTS: list[dict[str, str]] = [
    {"_RCPREF_COMPLETE": "complete_bash"},
    {"_RCPREF_COMPLETE": "complete_bash", "COMP_WORDS": "rcpref sh"},
    {**asked_by_bash("sh"), "COMP_CWORD": "x"},
    {**asked_by_bash("sh"), "COMP_CWORD": ""},
    {**asked_by_bash("sh"), "COMP_CWORD": "-7"},
    {**asked_by_bash("sh"), "COMP_CWORD": "999999999999"},
    asked_by_bash("nosuchcommand", "x"),
    asked_by_bash("list", "--nosuchoption", "x", ""),
    {"_RCPREF_COMPLETE": "complete_tcsh"},
    {"_RCPREF_COMPLETE": "complete"},
    {"_RCPREF_COMPLETE": "nonsense_bash"},
    {"_RCPREF_COMPLETE": "\x1b[31m_bash"},
    {**asked_by_bash("show", "'"), "COMP_WORDS": "rcpref\nshow\n'ba \\"},
    {**asked_by_bash("show", "\x1b[31m"), "COLUMNS": "x"},
    asked_by_bash("show", "\udce9"),
    asked_by_bash("show", "x" * 100_000),
    asked_by_bash(*["show"] * 5_000),
    asked_by("zsh", ""),
    asked_by("zsh", "'"),
    asked_by("fish", 'rcpref show "\\'),
]


@pytest.mark.parametrize("env", ODD_REQUESTS, ids=str)
def test_an_odd_request_is_met_with_silence(env: dict[str, str]) -> None:
    done = run_inside((), environment(env))
    assert done.err == ""
    assert done.code in (0, 1)
    assert "Traceback" not in done.out
    assert "\x1b" not in done.out


@pytest.mark.process
def test_no_home() -> None:
    env = {k: v for k, v in environment(asked_by_bash("show", "bal")).items() if k != "HOME"}
    done = apart([COMMAND], env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"bali-process\n", b"")


def test_a_fault_in_what_is_offered_is_shown_to_who_looks_for_it(tmp_path: Path) -> None:
    env = {**asked_by_bash("show", "bal"), "RCPREF_DATA": str(tmp_path / "none")}
    done = run_inside((), environment({**env, "RCPREF_DEBUG": "1"}))
    assert (done.code, done.out) == (1, "")
    assert "DataError" in done.err


@pytest.mark.process
def test_a_reader_that_has_gone() -> None:
    for words in (["show", ""], ["list", "--"]):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.Popen(
            [COMMAND], stdout=writer, stderr=subprocess.PIPE, env=environment(asked_by_bash(*words))
        )
        os.close(writer)
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (141, b"")


@pytest.mark.process
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_device_is_met_with_silence() -> None:
    with open("/dev/full", "wb") as full:
        done = apart([COMMAND], stdout=full, env=environment(asked_by_bash("show", "")))
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.process
@pytest.mark.wide
def test_what_the_encoding_lacks_is_replaced() -> None:
    request = asked_by("fish", "rcpref cite a")
    whole = raw(env=request).stdout.decode()
    done = raw(env={**request, "PYTHONIOENCODING": "latin-1"})
    narrow = done.stdout.decode("latin-1")
    assert whole.encode("latin-1", "replace").decode("latin-1") != whole
    assert [row.partition("\t")[0] for row in narrow.splitlines()] == [
        row.partition("\t")[0] for row in whole.splitlines()
    ]
