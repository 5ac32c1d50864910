"""The claims of a record in the order of its page, and the page's part that has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.disputes import disputed_refs
from rcpref.export.atlas.words import link
from rcpref.report.html import Content, Html, element, joined
from rcpref.views.words import by_group, cautions, claim_date, first_day

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.words import Words
    from rcpref.model.records import Claim, Record


def grouped(data: Data, record: Record) -> Mapping[str, Mapping[str, Sequence[Claim]]]:
    """The claims of a record by group and property, those of a property in order of time."""
    return by_group(data, sorted(record.claims, key=first_day))


def in_order(data: Data) -> Iterator[Claim]:
    """All claims, in the order in which the page has them."""
    for record in data:
        for by_property in grouped(data, record).values():
            for claims in by_property.values():
                yield from claims


def table(heads: Sequence[str], rows: Sequence[Html], class_: str | None = None) -> Html:
    """A table with the heads of its columns."""
    head = element("tr", *(element("th", words) for words in heads))
    return element("table", element("thead", head), element("tbody", *rows), class_=class_)


class Claims:
    """The claims of a data set as parts of pages."""

    def __init__(self, data: Data, words: Words) -> None:
        self._data = data
        self._words = words
        self._disputed = {ref for record in data for ref in disputed_refs(record, data.type_of)}

    def of(self, record: Record) -> Content:
        """All claims on a record, group by group; they fold."""
        if not record.claims:
            return None
        folds = [self._fold(*pair) for pair in grouped(self._data, record).items()]
        count = "The one claim" if len(record.claims) == 1 else f"All {len(record.claims)} claims"
        heading = element("h2", f"{count}, with dates and sources")
        return [heading, element("div", *folds, class_="claims")]

    def _fold(self, group: str, by_property: Mapping[str, Sequence[Claim]]) -> Html:
        rows: list[Html] = []
        for key, claims in by_property.items():
            rows.append(element("tr", element("th", self._data.label_of(key))))
            rows += map(self._row, claims)
        count = sum(map(len, by_property.values()))
        summary = element("summary", element("b", group.capitalize()), f" {count}")
        return element("details", summary, table(("Claim", "Date", "Source"), rows))

    def _row(self, claim: Claim) -> Html:
        remark = ". ".join(part for part in (claim.role, claim.group, claim.note) if part)
        about = self._about(claim)
        return element(
            "tr",
            element(
                "td",
                self._words.value(claim),
                element("p", remark) if remark else None,
                element("p", about, class_="about") if about else None,
            ),
            element("td", claim_date(self._data, claim, bounds=True, iso=True)),
            element("td", self._words.source(claim.source)),
            id=claim.ref,
        )

    def _about(self, claim: Claim) -> Html:
        """What a careful reader should know of a claim beside its own note."""
        parts: list[Content] = []
        if claim.passage:
            place = claim.passage.rpartition("/")[2].replace("-", " ")
            parts.append(["in ", link(claim.passage, place)])
        parts += cautions(self._data, claim)
        if claim.ref in self._disputed:
            parts.append("other sources disagree")
        return joined(parts, "; ")
