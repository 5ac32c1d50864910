"""The public Python API: the data set with the questions that can be put to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from os import PathLike
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers import comparison
from rcpref.answers.chair import CHAIR_KINDS, ChairTerm, Holder, chair_terms, chairs
from rcpref.answers.disputes import Dispute, disputes_in
from rcpref.answers.membership.answer import NO, Answer, Standing
from rcpref.answers.membership.members import member_at, members_at, states_named, whole_list
from rcpref.answers.names import find_any, find_of_kinds, find_record, find_state
from rcpref.answers.references import claim_of, meant
from rcpref.answers.time import AsOf, dates_from
from rcpref.answers.time import as_of as asked_for
from rcpref.answers.timeline import Happening, events_named, happenings
from rcpref.answers.values import Value, value_at
from rcpref.data import dataset, loading
from rcpref.dates import newest
from rcpref.errors import (
    NotFound,
    UsageProblem,
    echo,
    not_of,
    only_path,
    only_text,
    several_texts,
    shortened,
)
from rcpref.model import KINDS, MEMBER_KINDS

if TYPE_CHECKING:
    from rcpref.answers.comparison import Compared, MemberChange, Overlap
    from rcpref.answers.diff import Change
    from rcpref.answers.rules import Finding
    from rcpref.answers.search import Hit
    from rcpref.export.panel import PanelRow, Spell
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Passage
    from rcpref.writing import Written


class MemberRow(NamedTuple):
    """A State with its answer; the fields after `state` are those of `Answer`.

    Attributes:
        state: Alpha-3 code.
        answer: yes, possible, disputed, no or unknown.
        basis: listed, event, between, carried or undated; None where nothing is known.
        reason: The reason in words.
        rests_on: The claims that the answer rests on.
        last_known: Date of the newest evidence, as it is written; None where it has none.
        distance: Whole years to the nearest list that decides, as `Answer.distance`.
        standing: What else is true of the State at that date.
    """

    state: str
    answer: str
    basis: str | None
    reason: str
    rests_on: tuple[Claim, ...]
    last_known: str | None
    distance: int | None
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Members(Mapping[str, Answer]):
    """The member States of a record, as a mapping from alpha-3 codes.

    As a mapping it has only certain members, so that a loop never takes a guess for a
    fact; uncertain answers are attributes. Two are equal if record, date and all
    answers are.

    Attributes:
        record: Id of the record.
        as_of: The prefix date asked for, as it was written; None for what is last known.
        answers: Every answer, by alpha-3 code: the certain ones, the uncertain ones, and
            those that say no.
        whole: Whether any list of the members was read whole. If not, there may be
            members that no claim names.
    """

    record: str
    as_of: str | None
    answers: Mapping[str, Answer]
    whole: bool

    @property
    def uncertain(self) -> Mapping[str, Answer]:
        """The answers that are neither yes nor no: possible, disputed or unknown."""
        return dataset.ReadOnly(
            {s: a for s, a in self.answers.items() if not a.certain and a.answer != NO}
        )

    def __getitem__(self, state: str) -> Answer:
        found = self.answers[state]
        if not found.certain:
            raise KeyError(state)
        return found

    def __iter__(self) -> Iterator[str]:
        return (state for state, found in self.answers.items() if found.certain)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Members):
            of = attrgetter("record", "as_of", "answers", "whole")
            return bool(of(self) == of(other))
        return Mapping.__eq__(self, other)

    def rows(self) -> list[MemberRow]:
        """All answers as rows, with those that are uncertain and those that say no.

        >>> import rcpref
        >>> rows = rcpref.load().members("colombo-process", as_of="2013-05").rows()
        >>> [row.state for row in rows if row.answer == "yes"][:3]
        ['AFG', 'BGD', 'CHN']
        """
        rows = []
        for state, found in self.answers.items():
            why = (found.answer, found.basis, found.reason, found.rests_on, found.last_known)
            rows.append(MemberRow(state, *why, found.distance, found.standing))
        return rows

    def __repr__(self) -> str:
        more = f", {len(self.uncertain)} uncertain" if self.uncertain else ""
        when = f"at {self.as_of}" if self.as_of else "as last known"
        return f"<Members of {self.record} {when}: {len(self)} certain{more}>"

    @property
    def last_known(self) -> str | None:
        """Date of the newest evidence for those that are certain; None if undated."""
        return newest(found.last_known for found in self.values())


class Dataset(dataset.Data):
    """All facts, texts and vocabulary, and the questions that can be put to them.

    Made by `rcpref.load`. Iterating gives the records; `data["bali-process"]` is one by its
    id, and of no id a NotFound, which is a KeyError; `in` takes an id or a record. Data sets
    are equal if their digests are.

    Wherever a name is asked for, any id, acronym, name or alias will do, without regard to
    case, accents and punctuation. A date is text: a prefix of an ISO 8601 date (``2013``,
    ``2013-05``, ``2013-05-22``) or two of them (``2013-06/2015-10-04``). It means all of its
    days: an answer for ``2013`` is for some time in 2013. None asks for what is last known,
    ``today`` for the date of the data: the clock is never asked. States are ISO 3166-1 alpha-3
    codes.

    Many methods take the same arguments and fail in the same ways. A method whose description
    does not name an argument or an error takes it, or raises it, as follows.

    Attributes:
        overlay: Path of the overlay that is part of it; None if there is none.

    Args:
        name: The record: for members a process, body or organization, for the chair a process
            or forum, otherwise any record.
        state: Any name or code of a State.
        property: Key of a property, one of `properties`.
        as_of: Prefix date; None for what is last known.
        start: Prefix date; its first year or month is the first.
        end: Prefix date; its last year or month is the last.
        by: year or month.
        kinds: process, body, organization, or several of them.

    Raises:
        NotFound: Nothing that the method is about has that name; `nearest` of the error has the
            nearest names.
        AmbiguousName: Several have it.
        UsageProblem: A name is empty, or there is no such property, unit or kind.
        DateError: What has to be a date is none.
    """

    def _with_members(self, name: str) -> Record:
        return find_of_kinds(self, name, MEMBER_KINDS, "members")

    def _with_chairs(self, name: str) -> Record:
        return find_of_kinds(self, name, CHAIR_KINDS, "chair that changes")

    def _of_kinds(self, words: str | Sequence[str]) -> list[Record]:
        """The records of some kinds that have members, the kinds in singular or plural."""
        from rcpref.views.words import kind_named

        known = {kind: KINDS[kind] for kind in MEMBER_KINDS}
        found = [kind_named(kind, known, MEMBER_KINDS) for kind in several_texts(words, "a kind")]
        return [record for kind in dict.fromkeys(found) for record in self.of_kind(kind)]

    def _asked(self, as_of: str | None) -> AsOf:
        return asked_for(as_of, self.date)

    # Look-up -------------------------------------------------------------------------

    def __getitem__(self, key: str) -> Record:
        if record := self.records.get(only_text(key, "a name")):
            return record
        from rcpref.answers.suggestions import nearest

        near = [match.key for match in self.plain.names.match(key, states=False)]
        near = near or nearest(key, ((known, known) for known in self.records))
        meant = f", here {', '.join(near)}" if near else ""
        raise NotFound(f"no record has the id {echo(key)}", f"find() takes any name{meant}", near)

    def find(self, name: str) -> Record:
        """The one record that a name means.

        >>> import rcpref
        >>> rcpref.load().find("RCM").id
        'puebla-process'
        """
        return find_record(self, name)

    def find_state(self, name: str) -> Country:
        """The one State or territory that a name or ISO 3166-1 code means.

        Args:
            name: An alpha-2 or alpha-3 code, a name in any language of the data, or alias.

        >>> import rcpref
        >>> rcpref.load().find_state("Swaziland").name
        'Eswatini'
        """
        return find_state(self, name)

    def claims(self) -> Iterator[Claim]:
        """All claims, record by record, in the order of the data."""
        for record in self:
            yield from record.claims

    def claim(self, ref: str) -> Claim:
        """The claim with exactly the reference `ref`, as `Claim.ref` gives it.

        Raises:
            NotFound: There is none.

        >>> import rcpref
        >>> data = rcpref.load()
        >>> claim = next(data.claims())
        >>> data.claim(claim.ref) == claim
        True
        """
        if found := claim_of(self, only_text(ref, "a reference")):
            return found
        raise NotFound(f"no claim {echo(ref)}")

    def passages_naming(self, record: str = "", state: str = "") -> list[Passage]:
        """The passages of all texts, in order, that name a record, or a State, or either of two.

        Args:
            record: Any name of the record; empty for none.
            state: Any name or code of the State; empty for none.

        Raises:
            UsageProblem: Neither is given.

        >>> import rcpref
        >>> [passage.ref for passage in rcpref.load().passages_naming("Bali Process")]
        ['lima-2013/paragraph-3', 'lima-2013/footnote-1']
        """
        if not only_text(record, "a name") + only_text(state, "a name"):
            raise UsageProblem("there is nothing to look for", "give a record or a State")
        key = self.find(record).id if record else ""
        code = self.find_state(state).alpha3 if state else ""
        return [self.passage(ref) for ref in self.plain.refs_naming(key, code)]

    # Answers -------------------------------------------------------------------------

    def members(self, name: str, as_of: str | None = None) -> Members:
        """The States that were members of a record at some time in a date.

        The rules are those of docs/membership.md. Uncertain answers are
        in `Members.uncertain`, a no is in `Members.answers`.

        >>> import rcpref
        >>> members = rcpref.load().members("colombo-process", as_of="2013-05")
        >>> "KHM" in members, members.answers["KHM"].reason
        (False, 'not in the lists of 2011-04-21 and 2013-10-21; joined 2016-08-25')
        """
        record, asked = self._with_members(name), self._asked(as_of)
        answers: Mapping[str, Answer] = dataset.ReadOnly(members_at(self, record, asked))
        return Members(record.id, asked.text, answers, whole_list(record))

    def states_of(self, name: str, as_of: str | None = None) -> Mapping[str, Answer]:
        """The answer for every State that the claims on a record's membership name, in order.

        >>> import rcpref
        >>> rcpref.load().states_of("Abu Dhabi Dialogue", as_of="2013-05")["MYS"].answer
        'possible'
        """
        return self.members(name, as_of).answers

    def member(self, name: str, state: str, as_of: str | None = None) -> Answer:
        """Whether one State was a member of a record at some time in a date, and why.

        >>> import rcpref
        >>> rcpref.load().member("EU", "Croatia", as_of="2013").answer
        'yes'
        """
        record, code = self._with_members(name), self.find_state(state).alpha3
        return member_at(self, record, code, self._asked(as_of))

    def memberships_of(self, state: str, as_of: str | None = None) -> dict[str, Answer]:
        """What a State was a member of at some time in a date, and where it cannot be said.

        By the id of each record whose membership claims name the State, also where it was none.

        >>> import rcpref
        >>> answers = rcpref.load().memberships_of("Kenya", as_of="2013-05")
        >>> answers["khartoum-process"].reason
        'founded 2014-11-28'
        """
        code, asked = self.find_state(state).alpha3, self._asked(as_of)
        return {
            record.id: member_at(self, record, code, asked)
            for record in self
            if code in states_named(record)
        }

    def chairs(self, name: str, as_of: str | None = None) -> list[Holder]:
        """Who was in the chair of a process or forum at some time in a date.

        The certain ones come first, by the rules of docs/membership.md. The one chair of a
        meeting is a value: see `values`.

        >>> import rcpref
        >>> [holder.states for holder in rcpref.load().chairs("IGC", as_of="2013-05")]
        [('DNK',), ('NZL',)]
        """
        return list(chairs(self._with_chairs(name), self._asked(as_of)))

    def values(self, name: str, property: str, as_of: str | None = None) -> list[Value]:
        """The value of a property at a date, item by item, each with its claims.

        Of States and chairs it has those that are certain, possible or disputed.

        >>> import rcpref
        >>> [value.item for value in rcpref.load().values("Bali Process", "founded")]
        ['2002-02']
        """
        if only_text(property, "a property") not in self.properties:
            raise UsageProblem(f"no property {echo(property)}", "see Dataset.properties")
        return value_at(self, self.find(name), property, self._asked(as_of))

    def disputes(self, name: str | None = None) -> list[Dispute]:
        """Where sources disagree for the same time, record by record.

        Args:
            name: A record; None for all.

        >>> import rcpref
        >>> rcpref.load().disputes("Rabat Process")[0].reason
        'the list of 2018-02/2020 has 56, a count of 2026-01-29 says 57'
        """
        records = [self.find(name)] if name is not None else list(self)
        return [dispute for record in records for dispute in disputes_in(record, self.type_of)]

    # Tables ---------------------------------------------------------------------------

    def panel(
        self, start: str, end: str, by: str = "year", *, kinds: str | Sequence[str] = "process"
    ) -> list[PanelRow]:
        """The answer for every State, process and year: a panel.

        The rows are by record, by State, and then in order of time. Of each record, the States
        are those that any claim names as members or as members no more. A chart of all that is
        certain grows with the evidence, too; one that shows who was listed takes the rows whose
        `basis` is listed.

        Raises:
            UsageProblem: The end comes before the start, or it would be more than 360 dates.

        >>> import rcpref
        >>> panel = rcpref.load().panel("2011", "2013")
        >>> [(r.as_of, r.answer, r.basis) for r in panel if (r.record, r.state) == ("mtm", "ESP")]
        [('2011', 'yes', 'between'), ('2012', 'yes', 'between'), ('2013', 'yes', 'carried')]
        """
        from rcpref.export.panel import panel

        dates = dates_from(start, end, by, self.date)
        return list(panel(self, self._of_kinds(kinds), dates))

    def spells(self) -> list[Spell]:
        """The stretches of days over which the answer for a State in a capacity is the same.

        >>> import rcpref
        >>> spells = rcpref.load().spells()
        >>> [(s.first_day, s.answer) for s in spells if (s.record, s.state) == ("igc", "NZL")][-1]
        ('2009-05-01', 'yes')
        """
        from rcpref.export.panel import spells

        return list(spells(self))

    def timeline(
        self,
        *names: str,
        start: str | None = None,
        end: str | None = None,
        events: str | Sequence[str] = (),
    ) -> list[Happening]:
        """What happened, in order of time.

        Args:
            names: Records, a forum with its sessions, or States whose joinings, standing and
                chairs are meant; none for all.
            start: Nothing that ended before this prefix date.
            end: Nothing that began after this prefix date.
            events: Some of founding, meeting, joining, leaving, standing, membership,
                chair, milestone, document; empty for all.

        Raises:
            UsageProblem: No such event, or the end comes before the start.

        >>> import rcpref
        >>> joined = rcpref.load().timeline("Colombo Process", events="joining")
        >>> [(each.date, each.what) for each in joined]
        [('2005-09', 'joined: Afghanistan'), ('2016-08-25', 'joined: Cambodia')]
        """
        found = [find_any(self, only_text(name, "a name")) for name in names]
        return list(happenings(self, found, start, end, events_named(events)))

    def matrix(self, *names: str, as_of: str | None = None) -> list[Overlap]:
        """How many States every two records share, those that share most first.

        Records without a known member at that date are left out.

        Args:
            names: Processes, bodies or organizations, two at least; none for all processes.
            as_of: Prefix date; None for what is last known.

        Raises:
            NotFound: Nothing has one of the names.
            UsageProblem: Only one record is named.

        >>> import rcpref
        >>> pair = rcpref.load().matrix("Budapest Process", "Prague Process", as_of="2013")[0]
        >>> pair.shared, pair.shared_possible
        (49, 49)
        """
        records = [self._with_members(name) for name in names]
        return comparison.overlaps(self, records, self._asked(as_of))

    def edges(self, as_of: str | None = None) -> list[Overlap]:
        """The network of processes: the rows of `matrix` of those that share a certain member.

        >>> import rcpref
        >>> edge = rcpref.load().edges(as_of="2013")[0]
        >>> edge.record, edge.other, edge.shared
        ('budapest-process', 'prague-process', 49)
        """
        return [row for row in self.matrix(as_of=as_of) if row.shared]

    def compare(self, *names: str, as_of: str | None = None) -> list[Compared]:
        """Which States two or more records share, and which are in one alone, by code.

        Args:
            names: Processes, bodies or organizations, two at least.
            as_of: Prefix date; None for what is last known.

        Raises:
            NotFound: Nothing has one of the names, or nothing is known of its members.
            UsageProblem: Fewer than two different records.

        >>> import rcpref
        >>> found = rcpref.load().compare("Bali Process", "Colombo Process", as_of="2013-05")
        >>> [each.state for each in found if each.where == "only colombo-process"]
        []
        >>> found[0].answers["colombo-process"].answer
        'yes'
        """
        records = list(dict.fromkeys(map(self._with_members, names)))
        return comparison.compared(self, records, self._asked(as_of))

    def changes(
        self,
        name: str,
        first: str | None = None,
        second: str | None = None,
    ) -> list[MemberChange]:
        """Which States joined, left, or became certain or uncertain between two dates.

        Args:
            name: A process, body or organization.
            first: The earlier prefix date; None for that of the first evidence.
            second: The later one; None for that of the last evidence.

        Raises:
            NotFound: Nothing has that name, or nothing is known for two dates.
            UsageProblem: The second date does not come after the first.

        >>> import rcpref
        >>> [(c.state, c.change) for c in rcpref.load().changes("EU", "2013", "2021")]
        [('GBR', 'left')]
        """
        record = self._with_members(name)
        start, end = comparison.dates_of(self, record, first, second)
        return list(comparison.changes(self, record, start, end))

    def chair_terms(self, name: str | None = None) -> list[ChairTerm]:
        """Who was in the chair of a process or forum, one after the other.

        What several sources say of the same time and States is one term; two that name
        different States are two. `Dataset.chairs` answers for a date.

        Args:
            name: A process or forum; None for all.

        >>> import rcpref
        >>> term = rcpref.load().chair_terms("Colombo Process")[0]
        >>> term.states, term.since, term.until
        (('LKA',), '2003-04-02', '2004-09-22')
        """
        every = (record for kind in CHAIR_KINDS for record in self.of_kind(kind))
        records = every if name is None else [self._with_chairs(name)]
        return [term for record in records for term in chair_terms(record)]

    # Search, citation, checks, export ------------------------------------------------

    def search(
        self,
        words: str,
        *,
        places: str | Sequence[str] = (),
        kinds: str | Sequence[str] = (),
        property: str = "",
        as_of: str | None = None,
        limit: int | None = 20,
    ) -> list[Hit]:
        """The matches of some words, the best first.

        Args:
            words: All of them must be found; "phrases in quotes"; beginnings with
                ``*``; AND, OR and NOT in capitals.
            places: Some of names, claims, texts, sources, or one of them; empty for all.
            kinds: Kinds of records or passages in the singular, or one; empty for all.
            property: Key of a property: only its claims.
            as_of: Only claims that can speak of this prefix date; None for all.
            limit: The largest number of hits, from 1; None for all.

        Raises:
            UsageProblem: There is no word in it, or no such place, kind or property.
            ValueError: `limit` is no whole number.

        >>> import rcpref
        >>> rcpref.load().search("evidence base", places=["texts"])[0].ref
        'lima-2013/conclusion-5'
        """
        from rcpref.answers.search import Scope, search

        asked = asked_for(as_of, self.date).date if as_of is not None else None
        scope = Scope(
            several_texts(places, "a place"),
            several_texts(kinds, "a kind"),
            only_text(property, "a property"),
            asked,
        )
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
            raise ValueError(f"a limit is a whole number from 1, not {shortened(repr(limit))}")
        try:
            return search(self, only_text(words, "a query"), scope, limit)
        except NotFound:
            return []

    def cite(self, ref: str, style: str = "text") -> str:
        """A citation as it is pasted into a text or a reference manager.

        Args:
            ref: A passage or a range of them, a claim, a record by any name, a source, or
                ``dataset``.
            style: text, bibtex, csl-json or ris.

        Raises:
            NotFound: Nothing has that reference.
            UsageProblem: No such style, or an empty reference.

        >>> import rcpref
        >>> rcpref.load().cite("lima-2013/conclusion-5", "ris").splitlines()[0]
        'TY  - RPRT'
        """
        from rcpref.citation.items import citation_of
        from rcpref.citation.styles import file_of, written

        only_text(style, "a style")
        found = [citation_of(self, each) for each in meant(self, only_text(ref, "a reference"))]
        return file_of(found, written(found, style), style).rstrip("\n")

    def map(self, name: str, as_of: str | None = None, *, capacity: str = "members") -> str:
        """A map of those who take part in a process or body, as SVG.

        Colours and patterns show the answers.

        Args:
            name: A process, body or organization.
            as_of: Prefix date; None for what is last known.
            capacity: In what capacity: members, observers, participating States, ...

        Raises:
            NotFound: Nothing has that name, or nothing is known of States in that capacity.

        >>> import rcpref
        >>> rcpref.load().map("Bali Process", as_of="2013-05")[:4]
        '<svg'
        """
        from rcpref.export.pictures.map import drawn, map_of
        from rcpref.views.members import mapped
        from rcpref.views.words import capacity_named

        record, found = self._with_members(name), capacity_named(only_text(capacity, "a capacity"))
        return map_of(mapped(self, record, as_of, found, drawn))

    def check(self) -> list[Finding]:
        """What the coded rules of docs/checks.md find in the data, rule by rule.

        >>> import rcpref
        >>> {finding.level for finding in rcpref.load().check()}
        {'warning'}
        """
        from rcpref.answers.rules import check

        return check(self)

    def changes_since(self, older: Dataset) -> list[Change]:
        """What was added, removed or changed since the data set `older`, in the order of the data.

        >>> import rcpref
        >>> data = rcpref.load()
        >>> data.changes_since(rcpref.load())
        []
        """
        from rcpref.answers.diff import changes

        if not isinstance(older, dataset.Data):
            raise not_of(older, "a data set is what rcpref.load gives")
        return changes(older, self)

    def export(
        self,
        target: str | PathLike[str],
        *,
        as_of: str | None = None,
        years: str | None = None,
        force: bool = False,
    ) -> Written:
        """Write the data set to a file, whole or not at all.

        Args:
            target: Path of the file, which ends in .html, .zip, .sqlite, .json, .xlsx or .csv;
                a .csv is named as its table: members, claims, sources, records, states,
                spells or panel.
            as_of: Prefix date for which membership is answered; None for what is last
                known.
            years: Range of years, as ``2003..2025``, for which it is answered year by
                year, too; None for none, and in panel.csv for all since 1985.
            force: Replace a file that exists.

        Raises:
            UsageProblem: A target or options that cannot be.
            DateError: `as_of` is not a date, or `years` no range.
            OutputError: It cannot be written, exists already, or is inside the data.

        >>> import rcpref, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     rcpref.load().export(f"{folder}/tables.zip", as_of="2013").bytes > 10**6
        True
        """
        from rcpref.export import export

        return export(self, only_path(target), as_of=as_of, years=years, force=force)


def load(
    path: str | PathLike[str] | None = None,
    *,
    overlay: str | PathLike[str] | None = None,
) -> Dataset:
    """Load a data set.

    The environment variable RCPREF_DATA is for the command alone.

    Args:
        path: A data folder, or a data set that was exported as JSON; None for the data
            that come with rcpref.
        overlay: A folder of the same form that adds records, or claims to existing ones.

    Raises:
        DataError: The data cannot be read or break a rule of form; the message names
            the file and the key.

    >>> import rcpref
    >>> data = rcpref.load()
    >>> data["bali-process"].short_name
    'Bali Process'
    """
    return loading.load_as(
        Dataset,
        None if path is None else only_path(path),
        None if overlay is None else only_path(overlay),
    )
