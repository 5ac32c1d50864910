"""Write docs/api.md from the docstrings of the public Python API: python3 docs/api.py.

Run it where rcpref is installed; a test fails while the page is not up to date.
"""

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcpref

PAGE = Path(__file__).with_suffix(".md")

GROUPS = {
    "Loading": "load __version__",
    "The data set": """
        Dataset Dataset.records Dataset.sources Dataset.countries Dataset.properties Dataset.texts
        Dataset.info Dataset.version Dataset.date Dataset.digest
        Dataset.find Dataset.find_state Dataset.of_kind
        """,
    "Answers": """
        Dataset.members Dataset.states_of Dataset.member Dataset.memberships_of Dataset.chairs
        Dataset.values Dataset.disputes Members Answer Standing Holder Value Dispute
        """,
    "Tables": """
        Dataset.panel Dataset.spells Dataset.timeline Dataset.matrix Dataset.edges
        Dataset.compare Dataset.changes Dataset.chair_terms MemberRow PanelRow Spell Overlap
        Happening Compared MemberChange ChairTerm
        """,
    "Records and claims": """
        Record Claim Dataset.claims Dataset.claim parse_date when Interval
        """,
    "Texts": """
        Text Passage Emphasis Mention Note Dataset.passages Dataset.passage
        Dataset.passages_naming Dataset.footnotes_in
        """,
    "Vocabulary": "Property Dataset.label_of Dataset.type_of Source Author Country DatasetInfo",
    "Search, maps, citation, checks, export": """
        Dataset.search Hit Dataset.map Dataset.cite Dataset.check Finding
        Dataset.changes_since Change Dataset.export Written
        """,
    "Errors": """
        RcprefError NotFound UsageProblem AmbiguousName DateError DataError OutputError
        """,
}
"""Headings of the page, and the names under each, in its order."""

SECTION = re.compile(r"^(Args|Returns|Raises|Attributes):$")
ENTRY = re.compile(r"^(\w[\w, ]*): (.*)$")


def described(name: str) -> Any:
    """The object of a public name, or the method or property of a class."""
    owner, _, own = name.partition(".")
    value = getattr(rcpref, owner)
    return inspect.getattr_static(value, own) if own else value


def type_words(annotation: Any) -> str:
    """A type as it is written in the source."""
    written = getattr(annotation, "__forward_arg__", annotation)
    words = written if isinstance(written, str) else inspect.formatannotation(written)
    words = words.replace("'", "")  # of names that are imported for type checkers alone
    return re.sub(r"\brcpref\.(\w+\.)*", "", words)


def fields_of(cls: type) -> dict[str, str]:
    """Types of the fields of a dataclass or a named tuple, by name."""
    if dataclasses.is_dataclass(cls):
        return {field.name: type_words(field.type) for field in dataclasses.fields(cls)}
    if hasattr(cls, "_fields"):
        return {key: type_words(value) for key, value in inspect.get_annotations(cls).items()}
    return {}


def own_members(cls: type) -> Iterator[str]:
    """Public methods and properties that a class defines, not those it inherits."""
    fields = fields_of(cls)
    for name, value in vars(cls).items():
        if name.startswith("_") or name in fields:
            continue
        if inspect.isfunction(value) or isinstance(value, property):
            yield f"{cls.__name__}.{name}"


def signature_of(name: str) -> str:
    """The line by which something is called, with its types; wrapped where it is long."""
    value = described(name)
    if isinstance(value, type):
        return ""
    function: Any = value.fget if isinstance(value, property) else getattr(value, "func", value)
    signature = inspect.signature(function)
    kept = [each for each in signature.parameters.values() if each.name != "self"]
    returned = type_words(signature.return_annotation)
    if function is not value:
        return f"{name}: {returned}"
    parts, star = [], False
    for each in kept:
        if each.kind is each.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        default = f" = {each.default!r}" if each.default is not each.empty else ""
        parts.append(f"{each.name}: {type_words(each.annotation)}{default}")
    line = f"{name}({', '.join(parts)}) -> {returned}"
    if len(line) <= 88:
        return line
    inside = "".join(f"    {part},\n" for part in parts)
    return f"{name}(\n{inside}) -> {returned}"


def blocks_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """A docstring in parts: (section or empty, its lines)."""
    title, lines = "", list[str]()
    for line in text.splitlines():
        begins = SECTION.match(line)
        ends = title and line and not line.startswith(" ")
        if begins or ends:
            yield title, lines
            title, lines = (begins[1] if begins else ""), [] if begins else [line]
        else:
            lines.append(line)
    yield title, lines


def entries_of(lines: list[str]) -> list[tuple[str, str]]:
    """The entries of a section: name and words; a name is empty where there is none."""
    found: list[tuple[str, str]] = []
    for line in inspect.cleandoc("\n".join(["", *lines])).splitlines():
        entry = ENTRY.match(line)
        if entry:
            found.append((entry[1], entry[2]))
        elif found and line.startswith(" "):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif found and line:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        elif line:
            found.append(("", line))
    return found


def marked(words: str) -> str:
    """Words of a docstring in Markdown: code in single backquotes, pages as links."""
    words = re.sub(r"``([^`]+)``", r"`\1`", words)
    words = re.sub(r"(?<![\w/`(])docs/(\w+\.md)", r"[\1](\1)", words)
    return words.replace("[sic]", r"\[sic\]")


def prose(lines: list[str]) -> Iterator[str]:
    """Paragraphs and examples as Markdown."""
    paragraph: list[str] = []
    inside = False
    for line in [*lines, ""]:
        if line.startswith(">>> ") and not inside:
            inside = True
            yield "```pycon"
        if inside and not line:
            inside = False
            yield "```"
            yield ""
        elif inside:
            yield line
        elif line:
            paragraph.append(line.strip())
        elif paragraph:
            yield marked(" ".join(paragraph))
            yield ""
            paragraph = []


def body_of(text: str, types: dict[str, str]) -> Iterator[str]:
    """A docstring as Markdown.

    Args:
        text: The docstring, without the indentation of its place.
        types: Types of the fields that its attributes name.
    """
    for title, lines in blocks_of(text):
        if not title:
            yield from prose(lines)
            continue
        label = {"Args": "Arguments"}.get(title, title)
        entries = entries_of(lines)
        if title == "Returns":
            words = " ".join(f"{name}: {rest}" if name else rest for name, rest in entries)
            yield f"*{label}:* {marked(words)}"
        else:
            yield f"*{label}:*"
            yield ""
            for name, words in entries:
                type_ = f" ({marked(f'``{types[name]}``')})" if name in types else ""
                named = ", ".join(f"`{each}`" for each in name.split(", "))
                yield f"- {named}{type_}: {marked(words)}"
        yield ""


def entry_of(name: str, level: int) -> Iterator[str]:
    """A name with all that is said of it, and of the methods that a class adds."""
    value = described(name)
    yield f"{'#' * level} {'class ' if isinstance(value, type) else ''}`{name}`"
    yield ""
    if name == "__version__":
        yield "Version of the program, apart from that of the data (`Dataset.version`)."
        yield ""
        return
    signature = signature_of(name)
    if signature:
        yield from ("```python", signature, "```", "")
    if isinstance(value, type):
        bases = [base.__name__ for base in value.__bases__ if base.__name__ in rcpref.__all__]
        builtin = [base.__name__ for base in value.__bases__ if base in (KeyError, ValueError)]
        if bases and issubclass(value, Exception):
            yield f"A kind of {' and '.join(f'`{base}`' for base in (*bases, *builtin))}."
            yield ""
    own = value.__dict__.get("__doc__") if isinstance(value, type) else value.__doc__
    types = fields_of(value) if isinstance(value, type) else {}
    yield from body_of(inspect.cleandoc(own or ""), types)
    if isinstance(value, type) and name != "Dataset":
        for each in own_members(value):
            yield from entry_of(each, level + 1)


def page() -> str:
    """The whole page."""
    lines = ["<!-- Made by docs/api.py from the docstrings: change those. -->", ""]
    lines += ["# The Python API", ""]
    lines += prose(inspect.cleandoc(rcpref.__doc__ or "").splitlines())
    for heading, names in GROUPS.items():
        linked = (f"[`{name}`](#{anchor_of(name)})" for name in names.split())
        lines += [f"- **{heading}**: {', '.join(linked)}"]
    lines.append("")
    for heading, names in GROUPS.items():
        lines += [f"## {heading}", ""]
        for name in names.split():
            lines += entry_of(name, 3)
    return "\n".join(lines).rstrip("\n") + "\n"


def anchor_of(name: str) -> str:
    """The anchor that GitHub gives to the heading of a name."""
    heading = f"class {name}" if isinstance(described(name), type) else name
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
