"""The questions whose answers are tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.time import as_of as asked_for
from rcpref.data.dataset import Data
from rcpref.errors import only_text, several_texts
from rcpref.frames.frame import Frame, frame_of
from rcpref.model import KINDS, MEMBER_KINDS

if TYPE_CHECKING:
    from rcpref.answers.chair import ChairTerm
    from rcpref.answers.changes import MemberChange
    from rcpref.answers.comparison import Compared
    from rcpref.answers.overlap import Membered, Overlap
    from rcpref.answers.panel import PanelRow
    from rcpref.answers.time import AsOf
    from rcpref.answers.timeline import Happening
    from rcpref.frames.matrix import Matrix
    from rcpref.model.records import Record

MEMBERED = {kind: KINDS[kind] for kind in MEMBER_KINDS}
"""Kinds of records that have members, singular to plural."""


class Tables(Data):
    """A data set with the questions whose answers are tables."""

    def _with_members(self, name: str) -> Record:
        from rcpref.answers.names import find_of_kinds

        return find_of_kinds(self, name, MEMBER_KINDS, "members")

    def _asked(self, as_of: str | None) -> AsOf:
        return asked_for(as_of, self.date)

    def panel(
        self,
        start: str,
        end: str,
        by: str = "year",
        *,
        kinds: str | Sequence[str] = "process",
        basis: str | Sequence[str] = (),
    ) -> Frame[PanelRow]:
        """The answer for every State, process and year: a panel.

        Of each record, the States are those that any claim names as members or as members
        no more. A chart of all that is certain grows with the evidence, too; one that is
        to show who was listed asks for ``basis="listed"``.

        Args:
            start: Prefix date; its first year or month is the first.
            end: Prefix date; its last year or month is the last.
            by: year or month.
            kinds: process, body, organization, or several of them.
            basis: What an answer must rest on: listed, event, between, carried, undated,
                or several of them; empty for all.

        Returns:
            Rows by record, by State, and then in order of time.

        Raises:
            UsageProblem: No such unit, kind or basis, the end comes before the start, or
                it would be more than 360 dates.
            DateError: One of the dates is none.

        >>> import rcpref
        >>> panel = rcpref.load().panel("2011", "2013")
        >>> [(r.as_of, r.answer, r.basis) for r in panel if (r.record, r.state) == ("mtm", "ESP")]
        [('2011', 'yes', 'between'), ('2012', 'yes', 'between'), ('2013', 'yes', 'carried')]
        """
        from rcpref.answers.membership.basis import bases_named
        from rcpref.answers.panel import PanelRow, panel
        from rcpref.answers.time import dates_from

        dates = dates_from(start, end, by, self.date)
        records = [record for kind in _kinds(kinds) for record in self.of_kind(kind)]
        rows = panel(self, records, dates, bases_named(basis))
        return frame_of(rows, PanelRow)

    def timeline(
        self,
        *names: str,
        start: str | None = None,
        end: str | None = None,
        events: str | Sequence[str] = (),
    ) -> Frame[Happening]:
        """What happened, in order of time.

        Args:
            names: Records, a forum with its sessions, or States whose joinings and chairs are
                meant; none for all.
            start: Nothing that ended before this prefix date.
            end: Nothing that began after this prefix date.
            events: Some of founding, meeting, joining, leaving, membership, chair,
                milestone, document; empty for all.

        Returns:
            What happened; empty if nothing is known.

        Raises:
            NotFound: No record or State has one of the names.
            UsageProblem: No such event, or the end comes before the start.
            AmbiguousName, DateError: As `Dataset.members`.

        >>> import rcpref
        >>> joined = rcpref.load().timeline("Colombo Process", events="joining")
        >>> [(each.date, each.what) for each in joined]
        [('2005-09', 'joined: Afghanistan'), ('2016-08-25', 'joined: Cambodia')]
        """
        from rcpref.answers.names import find_any
        from rcpref.answers.timeline import Happening, events_named, happenings

        found = [find_any(self, only_text(name, "a name")) for name in names]
        rows = happenings(self, found, start, end, events_named(events))
        return frame_of(rows, Happening)

    def matrix(
        self,
        as_of: str | None = None,
        *,
        kinds: str | Sequence[str] = "process",
        basis: str | Sequence[str] = (),
    ) -> Matrix:
        """How many certain members every two processes share, all by all.

        Args:
            as_of: Prefix date; None for what is last known.
            kinds: process, body, organization, or several of them.
            basis: What an answer must rest on to be counted; empty for all.

        Raises:
            UsageProblem: No such kind or basis.
            DateError: `as_of` is not a date.

        >>> import rcpref
        >>> rcpref.load().matrix(as_of="2013")["budapest-process"]["prague-process"]
        49
        """
        from rcpref.frames.matrix import matrix_of

        return matrix_of(next(self._membered([self._asked(as_of)], kinds, basis)))

    def edges(
        self,
        as_of: str | None = None,
        *,
        kinds: str | Sequence[str] = "process",
        basis: str | Sequence[str] = (),
    ) -> Frame[Overlap]:
        """The network of processes: every two that share a certain member, each pair once.

        Args:
            as_of: Prefix date; None for what is last known.
            kinds: process, body, organization, or several of them.
            basis: What an answer must rest on to be counted; empty for all.

        Raises:
            UsageProblem: No such kind or basis.
            DateError: `as_of` is not a date.

        >>> import rcpref
        >>> edges = rcpref.load().edges(as_of="2013")
        >>> most = max(edges, key=lambda edge: edge.shared)
        >>> most.record, most.other, most.shared
        ('budapest-process', 'prague-process', 49)
        """
        from rcpref.answers.overlap import Overlap, overlaps

        asked = self._asked(as_of)
        rows = overlaps(next(self._membered([asked], kinds, basis)), asked)
        return frame_of((each for each in rows if each.shared), Overlap)

    def overlap(
        self,
        start: str,
        end: str,
        by: str = "year",
        *,
        kinds: str | Sequence[str] = "process",
        basis: str | Sequence[str] = (),
    ) -> Frame[Overlap]:
        """How many certain members every two processes share, year by year.

        Args:
            start: Prefix date; its first year or month is the first.
            end: Prefix date; its last year or month is the last.
            by: year or month.
            kinds: process, body, organization, or several of them.
            basis: What an answer must rest on to be counted; empty for all.

        Returns:
            Rows in order of time, each pair once a date: those that share nobody, too. Records
            of which nobody is known to be a member then are left out.

        Raises:
            UsageProblem, DateError: As `Dataset.panel`.

        >>> import rcpref
        >>> rows = rcpref.load().overlap("2011", "2013")
        >>> [r.shared for r in rows if (r.record, r.other) == ("budapest-process", "igc")]
        [12, 12, 12]
        """
        from rcpref.answers.overlap import Overlap, overlaps
        from rcpref.answers.time import dates_from

        dates = dates_from(start, end, by, self.date)
        every = zip(dates, self._membered(dates, kinds, basis), strict=True)
        rows = (each for asked, counted in every for each in overlaps(counted, asked))
        return frame_of(rows, Overlap)

    def _membered(
        self, dates: Sequence[AsOf], kinds: str | Sequence[str], basis: str | Sequence[str]
    ) -> Iterator[list[Membered]]:
        """For each date, the records of which somebody may be a member."""
        from rcpref.answers.membership.basis import bases_named
        from rcpref.answers.overlap import membered

        for found in membered(self, _kinds(kinds), dates, bases_named(basis)):
            yield [each for each in found if each.wider]

    def compare(
        self, *names: str, as_of: str | None = None, basis: str | Sequence[str] = ()
    ) -> Frame[Compared]:
        """Which States two or more records share, and which are in one alone.

        As a data frame it has a column for each record, with its answers.

        Args:
            names: Processes, bodies or organizations, two at least.
            as_of: Prefix date; None for what is last known.
            basis: What an answer must rest on not to be unknown; empty for all.

        Returns:
            Every State that one of them names, by its code.

        Raises:
            NotFound: Nothing has one of the names, or nothing is known of its members.
            UsageProblem: Fewer than two different records, or no such basis.
            AmbiguousName, DateError: As `Dataset.members`.

        >>> import rcpref
        >>> found = rcpref.load().compare("Bali Process", "Colombo Process", as_of="2013-05")
        >>> [each.state for each in found if each.where == "only colombo-process"]
        []
        >>> found[0].answers["colombo-process"].answer
        'yes'
        """
        from rcpref.answers.comparison import Compared, compared
        from rcpref.answers.membership.basis import bases_named

        records = list(dict.fromkeys(map(self._with_members, names)))
        rows = compared(self, records, self._asked(as_of), bases_named(basis))
        return frame_of(rows, Compared, (record.id for record in records))

    def changes(
        self,
        name: str,
        first: str | None = None,
        second: str | None = None,
        *,
        basis: str | Sequence[str] = (),
    ) -> Frame[MemberChange]:
        """Which States joined, left, or became certain or uncertain between two dates.

        Args:
            name: A process, body or organization.
            first: The earlier prefix date; None for that of the first evidence.
            second: The later one; None for that of the last evidence.
            basis: What both answers must rest on; empty for all.

        Returns:
            The States whose answers differ.

        Raises:
            NotFound: Nothing has that name, or nothing is known for two dates.
            UsageProblem: The second date does not come after the first, or no such basis.
            AmbiguousName, DateError: As `Dataset.members`.

        >>> import rcpref
        >>> [(c.state, c.change) for c in rcpref.load().changes("EU", "2013", "2021")]
        [('GBR', 'left')]
        """
        from rcpref.answers.changes import MemberChange, changes, dates_of
        from rcpref.answers.membership.basis import bases_named

        record = self._with_members(name)
        start, end = dates_of(self, record, first, second)
        rows = changes(self, record, start, end, bases_named(basis))
        return frame_of(rows, MemberChange)

    def chair_terms(self, name: str | None = None) -> Frame[ChairTerm]:
        """Who was in the chair of a process or forum, one after the other.

        What several sources say of the same time and States is one term; two that name
        different States are two. `Dataset.chairs` answers for a date.

        Args:
            name: A process or forum; None for all.

        Raises:
            NotFound: No process or forum has that name.
            AmbiguousName: Several have it.

        >>> import rcpref
        >>> term = rcpref.load().chair_terms("Colombo Process")[0]
        >>> term.states, term.since, term.until
        (('LKA',), '2003-04-02', '2004-09-22')
        """
        from rcpref.answers.chair import CHAIR_KINDS, ChairTerm, chair_terms
        from rcpref.answers.names import find_of_kinds

        if name is None:
            records = [record for kind in CHAIR_KINDS for record in self.of_kind(kind)]
        else:
            records = [find_of_kinds(self, name, CHAIR_KINDS, "chair that changes")]
        rows = (term for record in records for term in chair_terms(record))
        return frame_of(rows, ChairTerm)


def _kinds(words: str | Sequence[str]) -> list[str]:
    """Kinds of records that have members, in singular or plural, each once.

    Raises:
        UsageProblem: A kind has none, or there is no such kind.
    """
    from rcpref.views.kinds import kind_named

    found = [kind_named(kind, MEMBERED, MEMBER_KINDS) for kind in several_texts(words, "a kind")]
    return list(dict.fromkeys(found))
