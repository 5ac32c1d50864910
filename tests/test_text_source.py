"""The Chair's Summary in the data is the source document, word for word.

`lima-2013-chairs-summary.txt` is a copy of the source. Nothing in it may be changed to
make a test pass: the source rules, its slips included.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

import rcpref
from rcpref.model import KINDS

FILE = "data/texts/lima-2013.toml"
SOURCE = Path(__file__).with_name("lima-2013-chairs-summary.txt")

COUNTS = {
    "heading": 3,
    "paragraph": 11,
    "footnote": 2,
    "theme": 4,
    "key-point": 6,
    "conclusion": 5,
    "signature": 1,
}
MARKS = "¹²"
STARS = {"italic": "*", "bold": "**", "bold-italic": "***"}

Passages = dict[str, rcpref.Passage]

# Where paragraphs begin: the numbering of the references.
BEGINNINGS = {
    1: "The fourth Global Meeting",
    2: "Representatives of RCP Chairs",
    3: "As host of the 2011",
    4: "The background study",
    5: "The discussions that followed",
    6: "Participants also acknowledged",
    7: "Participants welcomed",
    8: "In the various breakout sessions",
    9: "This meeting was timely",
    10: "The participants expressed the wish",
    11: "Participants expressed deep gratitude",
}

# Slips of the source, which stay as they are; a note beside says what is meant.
SLIPS = {
    "paragraph-2": ["Global Forum on Migration Development"],
    "paragraph-3": ["on how best regional bodies and inter-regional fora might best engage"],
    "footnote-2": ["Economic Commission for Latin America, the Caribbean"],
    "paragraph-7": ["Protection of migrants rights"],
    "theme-2": ["Protection of migrants rights"],
    "paragraph-9": ["International Migration and the Development", "A/RES 65/170",
        "through amongst others, appropriate"],
    "conclusion-2": ["including and within"],
}  # fmt: skip

# Names that stand in a passage only as part of another name.
INSIDE_NAMES = {("key-point-3", "iom"): "in the name IOM International Dialogue on Migration"}


def say(key: str, problem: str, remedy: str) -> str:
    """What a failing assertion tells: file, key, what is wrong, what to do."""
    return f"{FILE}: {key}: {problem}; {remedy}"


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def label(passage: rcpref.Passage) -> str:
    return f"{passage.kind}-{passage.number}"


def nth(text: str, words: str, occurrence: int) -> int:
    """Where the nth occurrence of the words begins; -1 if there are not so many."""
    place = -1
    for _ in range(occurrence):
        place = text.find(words, place + 1)
        if place < 0:
            break
    return place


@pytest.fixture(scope="module")
def source() -> str:
    """The source with paragraph 4 whole, which footnotes and a page break cut in two."""
    text = SOURCE.read_text(encoding="utf-8")
    before, after = "continue to receive considerable", "attention by policymakers"
    assert text.count(before) == text.count(after) == 1
    start = text.index(after)
    end = text.index("\n", start)
    rest = text[start:end]
    return (text[:start] + text[end:]).replace(before, f"{before} {rest}")


@pytest.fixture(scope="module")
def plain(source: str) -> str:
    """The source without bullets, numbers of conclusions, footnote marks and asterisks."""
    return re.sub(rf"[{MARKS}*]", "", re.sub(r"(?m)^- (\d\) )?", "", source))


@pytest.fixture(scope="module")
def text(data: rcpref.Dataset) -> rcpref.Text:
    return data.texts["lima-2013"]


@pytest.fixture(scope="module")
def passages(text: rcpref.Text) -> Passages:
    return {label(passage): passage for passage in text.passages}


def test_the_passages_are_those_of_the_source_word_for_word(text: rcpref.Text, plain: str) -> None:
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", plain.strip()):
        # Place and date of the heading stand on two lines; elsewhere a line is a passage.
        blocks += [block] if block.startswith("Lima, Peru\n") else block.split("\n")
    # A footnote mark is followed by a space in the source.
    blocks = [block.removeprefix(" ") for block in blocks]
    for passage, block in zip(text.flow(), blocks, strict=False):
        assert passage.text == block, say(
            label(passage), f"reads {passage.text!r}", f"copy the words of the source: {block!r}"
        )
    assert len(text.flow()) == len(blocks), say(
        label(text.flow()[-1]),
        f"there are {len(text.flow())} passages, the source has {len(blocks)}",
        f"correct it; the source ends with {blocks[-1]!r}",
    )


def test_the_passages_are_as_many_as_the_source_has(text: rcpref.Text) -> None:
    found = Counter(passage.kind for passage in text.passages)
    assert found == COUNTS, say(
        "passage", f"there are {dict(found)}", f"cut the source into {COUNTS}"
    )
    for kind, count in COUNTS.items():
        numbers = [passage.number for passage in text.passages if passage.kind == kind]
        assert numbers == list(range(1, count + 1)), say(
            kind, f"is numbered {numbers}", f"number them 1 to {count} in order"
        )


@pytest.mark.parametrize(("number", "beginning"), BEGINNINGS.items())
def test_paragraphs_are_numbered_as_references_say(
    passages: Passages, number: int, beginning: str
) -> None:
    paragraph = passages[f"paragraph-{number}"]
    assert paragraph.text.startswith(beginning), say(
        label(paragraph), f"begins {paragraph.text[:30]!r}", f"it must begin {beginning!r}"
    )


def test_the_text_is_that_of_its_document(data: rcpref.Dataset, text: rcpref.Text) -> None:
    assert (text.document, text.meeting) == ("lima-2013-chairs-summary", "lima-2013")
    assert text.date == "2013-05-23", say("date", f"is {text.date}", "the last line has the date")
    assert text.title == data.sources[text.document].title == data[text.document].name, say(
        "title", "differs from that of the source or the document", "write all three alike"
    )


# Emphasis and marks --------------------------------------------------------------------


def test_marks_put_back_give_the_source_with_all_its_marks(text: rcpref.Text, source: str) -> None:
    """Asterisks, footnote marks, bullets and numbers stand where the source has them."""
    marked: dict[str, list[tuple[int, str]]] = {}
    for passage in text.passages:
        for part in passage.emphasis:
            start = nth(passage.text, part.words, part.occurrence)
            assert start >= 0, say(
                f"passage {label(passage)}.emphasis",
                f"{part.words!r} is not there {part.occurrence} times",
                "correct words or occurrence",
            )
            places = marked.setdefault(passage.ref, [])
            places += [(start, STARS[part.style]), (start + len(part.words), STARS[part.style])]
        if passage.mark_in is not None and passage.mark_after is not None:
            body = next(each for each in text.passages if each.ref == passage.mark_in)
            assert body.text.count(passage.mark_after) == 1, say(
                f"passage {label(passage)}.mark_after",
                f"{passage.mark_after!r} does not stand just once in {label(body)}",
                "take more words, or fewer",
            )
            place = body.text.index(passage.mark_after) + len(passage.mark_after)
            marked.setdefault(body.ref, []).append((place, MARKS[passage.number - 1]))
    written = ""
    wanted = squeeze(source)
    for passage in text.flow():
        whole = passage.text
        for place, sign in sorted(marked.get(passage.ref, ()), reverse=True):
            whole = whole[:place] + sign + whole[place:]
        before = {"key-point": "-", "conclusion": f"-{passage.number})"}.get(passage.kind, "")
        if passage.kind == "footnote":
            before = MARKS[passage.number - 1]
        own = squeeze(before + whole)
        there = wanted[len(written) : len(written) + len(own)]
        differ = [n for n, (one, other) in enumerate(zip(own, there, strict=False)) if one != other]
        near = slice(max(0, differ[0] - 20), differ[0] + 20) if differ else slice(-20, None)
        assert own == there, say(
            f"passage {label(passage)}",
            f"with emphasis and footnote marks it reads ...{own[near]}...",
            f"mark it as the source does: ...{there[near]}...",
        )
        written += own
    assert written == wanted


# Themes --------------------------------------------------------------------------------


def test_themes_are_spans_of_paragraph_7(text: rcpref.Text, passages: Passages) -> None:
    paragraph = passages["paragraph-7"]
    themes = [passages[f"theme-{number}"] for number in range(1, COUNTS["theme"] + 1)]
    assert [each for each in text.passages if each not in text.flow()] == themes, say(
        "theme.within", "other passages than the themes are left out of the flow", "correct it"
    )
    place = text.passages.index(paragraph)
    assert list(text.passages[place + 1 : place + 5]) == themes, say(
        "theme", "the themes do not follow paragraph 7", "put them there, in order"
    )
    end = 0
    for theme in themes:
        assert theme.within == paragraph.ref, say(
            f"passage {label(theme)}.within", f"is {theme.within!r}", f"write {paragraph.ref!r}"
        )
        start = paragraph.text.find(theme.text, end)
        assert start >= 0, say(
            f"passage {label(theme)}.text",
            f"{theme.text!r} is not in paragraph 7 after the theme before it",
            "copy the words of the paragraph",
        )
        between = paragraph.text[end:start] if end else ", "
        assert between in {", ", " and "}, say(
            f"passage {label(theme)}.text", f"leaves {between!r} out", "take the theme whole"
        )
        end = start + len(theme.text)
        assert not theme.emphasis, say(
            f"passage {label(theme)}.emphasis", "stands twice", "leave it to paragraph 7"
        )


# Notes and mentions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words"), [(key, words) for key, slips in SLIPS.items() for words in slips]
)
def test_a_slip_of_the_source_stays_with_a_note_beside(
    passages: Passages, source: str, key: str, words: str
) -> None:
    assert words in source.replace("*", "")
    passage = passages[key]
    assert words in passage.text, say(
        f"passage {key}.text", f"{words!r} has been corrected", "keep it as the source has it"
    )
    start = passage.text.index(words)
    beside = [
        note
        for note in passage.notes
        if start < passage.text.find(note.words) + len(note.words)
        and passage.text.find(note.words) < start + len(words)
    ]
    assert beside, say(
        f"passage {key}.notes", f"none is beside {words!r}", "add a note on what is meant"
    )


def test_notes_stand_beside_words_of_their_passage(text: rcpref.Text) -> None:
    known = {key for key, slips in SLIPS.items() if slips}
    for passage in text.passages:
        for number, note in enumerate(passage.notes, 1):
            key = f"passage {label(passage)}.notes[{number}]"
            assert passage.text.count(note.words) == 1, say(
                key, f"{note.words!r} does not stand just once there", "take more words"
            )
            assert note.note.endswith("."), say(key, "is no sentence", "write a whole sentence")
            assert label(passage) in known, say(
                key, "is on a slip that this test does not know", "add its words to SLIPS"
            )


def test_mentions_are_whole_words_and_named_once(text: rcpref.Text) -> None:
    for passage in text.passages:
        seen = Counter(mention.record or mention.state for mention in passage.mentions)
        for number, mention in enumerate(passage.mentions, 1):
            key = f"passage {label(passage)}.mentions[{number}]"
            assert re.search(rf"(?<!\w){re.escape(mention.words)}(?!\w)", passage.text), say(
                key, f"{mention.words!r} are not whole words there", "take the words whole"
            )
            assert seen[mention.record or mention.state] == 1, say(
                key, f"{mention.record or mention.state!r} is mentioned twice", "keep the fullest"
            )


def test_a_record_that_a_passage_names_is_among_its_mentions(
    data: rcpref.Dataset, text: rcpref.Text
) -> None:
    for passage in text.passages:
        mentioned = {mention.record for mention in passage.mentions}
        # A theme is a span of its paragraph, which has the mentions.
        for record in data if passage.within is None else ():
            names = {record.name, record.short_name, record.acronym, *record.aliases} - {None}
            found = [
                name
                for name in sorted(filter(None, names))
                if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", passage.text)
            ]
            if record.id not in mentioned and (label(passage), record.id) not in INSIDE_NAMES:
                assert not found, say(
                    f"passage {label(passage)}.mentions",
                    f"{found[0]!r} names {record.id}, which is not mentioned",
                    "add it, or list it in INSIDE_NAMES of this test with the reason",
                )


def test_claims_cite_passages_that_mention_their_record_and_the_document_as_source(
    data: rcpref.Dataset,
) -> None:
    cited = 0
    for record in data:
        for index, claim in enumerate(record.claims, 1):
            if claim.passage is None:
                continue
            cited += 1
            where = f"data/{KINDS[record.kind]}/{record.id}.toml: claim {index} ({claim.property})"
            passage = data.passage(claim.passage)
            assert record.id in {mention.record for mention in passage.mentions}, (
                f"{where}.passage: {claim.passage} does not mention {record.id}; "
                f"cite the passage that does, or add the mention in {FILE}"
            )
            document = data.texts[passage.text_id].document
            assert claim.source == document, (
                f"{where}.source: is {claim.source}, but the passage is of {document}; correct one"
            )
    assert cited >= 62
