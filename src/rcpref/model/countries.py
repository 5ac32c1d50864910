"""States and territories."""

from rcpref.fields import dataclass


@dataclass(frozen=True, repr=False)
class Country:
    """A State or territory of ISO 3166-1. Names and codes take no position on status.

    Attributes:
        alpha3: ISO 3166-1 alpha-3 code (XKX for Kosovo); the key in all data.
        alpha2: ISO 3166-1 alpha-2 code.
        name: Short name in English.
        official_name: Official name in English.
        region: UN M49 region.
        subregion: UN M49 subregion.
        un_member: Whether it is a member of the United Nations.
        status: territory, associated or other; None for members of the United Nations.
        sovereign: Alpha-3 code of the State that it belongs to or is associated with.
        status_source: Key of the source of both.
        status_note: The words of that source.
        numeric: UN M49 numeric code; None where there is none.
        cow: Letters of the Correlates of War project; None for what it does not count as
            a State.
        cow_number: Its number.
        gw_number: Number in the list of Gleditsch and Ward.
        wikidata: Identifier of Wikidata, as in Q419; None where none is known.
        since: Prefix date from which it is a State of its own, where that is after 1985.
        aliases: Other names, former ones included.
        names: Names in other languages, as (ISO 639 code, name).
        listed_with: Alpha-3 code of the State with whose name a source prints this
            one, if it lists it separately; None if no source does.
        listed_source: Key of that source.
        listed_note: How it prints it.
        overlay: Whether it comes from an overlay of the reader's own.
    """

    alpha3: str
    alpha2: str
    name: str
    official_name: str
    region: str
    subregion: str
    un_member: bool
    status: str | None = None
    sovereign: str | None = None
    status_source: str | None = None
    status_note: str | None = None
    numeric: str | None = None
    cow: str | None = None
    cow_number: int | None = None
    gw_number: int | None = None
    wikidata: str | None = None
    since: str | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    listed_with: str | None = None
    listed_source: str | None = None
    listed_note: str | None = None
    overlay: bool = False

    def __repr__(self) -> str:
        return f"<Country {self.alpha3}: {self.name}>"
