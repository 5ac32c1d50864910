"""Properties, and what the data set says of itself."""

from rcpref.fields import dataclass


@dataclass(frozen=True, repr=False)
class Property:
    """A word of the vocabulary.

    Attributes:
        key: What claims call it.
        label: What people read.
        type: text, texts, choice, event, url, integer, date (a prefix date), states
            (alpha-3 codes) or record (the id of another record).
        definition: One line.
        group: The heading under which `show` prints it.
        order: Its place among all properties.
        kinds: Kinds of records that use it.
        overlay: Whether it comes from an overlay of the reader's own.
    """

    key: str
    label: str
    type: str
    definition: str
    group: str
    order: int
    kinds: tuple[str, ...]
    overlay: bool = False

    def __repr__(self) -> str:
        return f"<Property {self.key}: {self.label}, {self.type}>"


@dataclass(frozen=True, repr=False)
class DatasetInfo:
    """What the data set says of itself.

    Attributes:
        title: Title.
        version: Version of the data, apart from that of the program.
        date: Prefix date to which the data speak: the day of what is last known.
        schema_version: Version of the form of the data.
        licence: SPDX identifier of the licence of the data.
        licence_note: What the licence does not cover.
        citation: How to cite the data, without version and digest.
        url: Address at which they are published; None if it is not said.
    """

    title: str
    version: str
    date: str
    schema_version: int
    licence: str
    licence_note: str
    citation: str
    url: str | None = None

    def __repr__(self) -> str:
        return f"<DatasetInfo {self.version} of {self.date}: {self.title[:40]!r}>"
