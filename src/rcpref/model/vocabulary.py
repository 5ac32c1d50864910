"""Sources, properties, and what the data set says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from.

    Attributes:
        key: Its key in the data.
        title: Title of the page or document, in its own language.
        publisher: Who published it.
        tier: primary (the process, body, a government or an
            organisation that runs it), secondary (press, research, others) or tertiary
            (encyclopaedias, collections, blogs). It is shown and never decides.
        date: Prefix date of publication; None if undated.
        url: Address at which it was read; None for a document without one.
        copy: Read on a site that keeps a copy, not at the publisher's own address.
        copy_at: The site that keeps the copy, where it is named.
        overlay: Whether it comes from an overlay of the reader's own.
    """

    key: str
    title: str
    publisher: str
    tier: str
    date: str | None = None
    url: str | None = None
    copy: bool = False
    copy_at: str | None = None
    overlay: bool = False

    def __repr__(self) -> str:
        return f"<Source {self.key}: {self.title[:40]!r}, {self.date or 'undated'}>"


@dataclass(frozen=True, slots=True)
class Property:
    """A word of the vocabulary.

    Attributes:
        key: What claims call it.
        label: What people read.
        type: text, texts, choice, event, url, integer, date (a prefix date) or states
            (alpha-3 codes).
        definition: One line.
        group: The heading under which `show` prints it.
        order: Its place among all properties.
        kinds: Kinds of records that use it.
    """

    key: str
    label: str
    type: str
    definition: str
    group: str
    order: int
    kinds: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Property {self.key}: {self.label}, {self.type}>"


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """What the data set says of itself.

    Attributes:
        title: Title.
        version: Version of the data, apart from that of the program.
        date: Prefix date to which the data speak; answers without a date are for it.
        schema_version: Version of the shape of data files and JSON output.
        licence: SPDX identifier of the licence of the data.
        licence_note: What the licence does not cover.
        citation: How to cite the data, without version and digest.
    """

    title: str
    version: str
    date: str
    schema_version: int
    licence: str
    licence_note: str
    citation: str

    def __repr__(self) -> str:
        return f"<DatasetInfo {self.version} of {self.date}: {self.title[:40]!r}>"
