"""Texts and passages, word for word."""

from typing import NamedTuple

from rcpref.fields import dataclass


class Emphasis(NamedTuple):
    """A span that the source prints in bold or italic.

    Attributes:
        style: bold, italic or bold-italic.
        words: The words.
        occurrence: Which one it is, from 1, where the passage has the words several times.
    """

    style: str
    words: str
    occurrence: int = 1


class Mention(NamedTuple):
    """The words by which a passage names a record or a State.

    Attributes:
        words: The words.
        record: Id of the record; None where they name a State.
        state: Alpha-3 code of the State; None where they name a record.
    """

    words: str
    record: str | None = None
    state: str | None = None


class Note(NamedTuple):
    """An editor's note on words of the source.

    Attributes:
        words: The words.
        note: The note.
        sic: Whether they are a mistake, to be quoted with [sic].
    """

    words: str
    note: str
    sic: bool = False


@dataclass(frozen=True, repr=False)
class Passage:
    """One addressable part of a text, its words exactly as in the source.

    Attributes:
        text_id: Id of the text it belongs to.
        kind: heading, paragraph, footnote, theme, key-point, conclusion or signature.
        number: Its number among the passages of its kind, from 1.
        text: The words, plain: without emphasis, bullets, numbers and footnote marks.
        emphasis: Spans that the source prints in bold or italic.
        mentions: The records and States that it names.
        notes: Editor's notes on mistakes in the source.
        within: For a theme: reference of the paragraph that it is part of.
        mark_in: For a footnote: reference of the paragraph that bears its mark.
        mark_after: For a footnote: the words right before its mark.
    """

    text_id: str
    kind: str
    number: int
    text: str
    emphasis: tuple[Emphasis, ...] = ()
    mentions: tuple[Mention, ...] = ()
    notes: tuple[Note, ...] = ()
    within: str | None = None
    mark_in: str | None = None
    mark_after: str | None = None

    @property
    def ref(self) -> str:
        """Reference, as in ``lima-2013/conclusion-3``."""
        return f"{self.text_id}/{self.kind}-{self.number}"

    def __repr__(self) -> str:
        return f"<Passage {self.ref}: {self.text[:40]!r}>"


@dataclass(frozen=True, repr=False)
class Text:
    """A document kept word for word.

    Attributes:
        id: Its key, the id of the meeting that it comes from.
        title: Title of the document.
        document: Id of the record of the document, and key of it as a source.
        meeting: Id of the record of the meeting.
        language: ISO 639 code.
        date: Prefix date of the document.
        passages: In the order of the document; a theme follows the paragraph it is in.
        overlay: Whether it comes from an overlay of the reader's own.
    """

    id: str
    title: str
    document: str
    meeting: str
    language: str
    date: str
    passages: tuple[Passage, ...]
    overlay: bool = False

    def flow(self) -> tuple[Passage, ...]:
        """The passages that make up the document, without spans of others."""
        return tuple(passage for passage in self.passages if passage.within is None)

    def __repr__(self) -> str:
        return f"<Text {self.id}: {len(self.passages)} passages>"
