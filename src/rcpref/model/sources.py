"""Sources and who wrote them."""

from typing import NamedTuple

from rcpref.fields import dataclass
from rcpref.model import publishers


class Author(NamedTuple):
    """A person who wrote a source.

    Attributes:
        family: Family name, or the only one.
        given: Given names; None if they are not known.
    """

    family: str
    given: str | None = None

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, repr=False)
class Source:
    """Where a claim comes from.

    Attributes:
        key: Its key in the data.
        title: Title of the page or document, in its own language.
        publisher: Who published it; "[not named]" where nobody is named.
        tier: primary (the process, body, a government or an
            organisation that runs it), secondary (press, research, others) or tertiary
            (encyclopaedias, collections, blogs). It is shown and never decides.
        author: The persons who wrote it; empty where none is named.
        type: webpage, news, press-release, report, document, legal, journal-article, book,
            dataset or speech; None if it is not said.
        date: Prefix date of publication; None if undated.
        accessed: Prefix date on which it was read; None if it is not said.
        language: BCP 47 tag; None if it is not said.
        number: Number or symbol of a document.
        series: Series that it belongs to.
        issn: International Standard Serial Number.
        isbn: International Standard Book Number.
        doi: Digital Object Identifier, without the address of a resolver.
        url: Address at which it was read; None for a document without one.
        copy: Where a copy was read, if it was not read at the publisher's own address;
            "[not named]" where that is not said.
        note: What a careful reader should know.
        title_en: The title in English, where it is in another language; None if it is not said.
        container: Work that it is part of, such as a journal or an encyclopaedia.
        volume: Volume of the series or of that work.
        pages: Its pages in that work.
        archived: Address of the stored copy that was read; None if it is not said.
        archived_date: Prefix date on which that copy was stored.
        editors_note: How the editors read or dated it, which concerns no reader.
        overlay: Whether it comes from an overlay of the reader's own.
    """

    key: str
    title: str
    publisher: tuple[str, ...]
    tier: str
    author: tuple[Author, ...] = ()
    type: str | None = None
    date: str | None = None
    accessed: str | None = None
    language: str | None = None
    number: str | None = None
    series: str | None = None
    issn: str | None = None
    isbn: str | None = None
    doi: str | None = None
    url: str | None = None
    copy: str | None = None
    note: str | None = None
    title_en: str | None = None
    container: str | None = None
    volume: str | None = None
    pages: str | None = None
    archived: str | None = None
    archived_date: str | None = None
    editors_note: str | None = None
    overlay: bool = False

    @property
    def publishers(self) -> str:
        """Who published it, as people read it; empty where nobody is named."""
        return publishers(self.publisher)

    def __repr__(self) -> str:
        return f"<Source {self.key}: {self.title[:40]!r}, {self.date or 'undated'}>"
