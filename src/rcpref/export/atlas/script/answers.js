// The date that is asked for, and the answers for it: looked up, not worked out.

const LAST = "as last known";
const FIRST = Number(D.span[0]), END = D.span[1];

// Null for what is last known, "2013" or "2013-05".
let when = null;
// The two records whose shared members are shown.
let pair = null;

// Dates as people write them: "May 2013", "22 May 2013".
const said = (text) => text.replace(/(\d{4})-(\d\d)(?:-(\d\d))?/g, (_, year, month, day) =>
  (day ? Number(day) + " " : "") + $("Month").options[Number(month)].text + " " + year);
const words = () => (when ? "in " + said(when) : LAST);
const dated = (id, ...more) => address([id, ...more].join("/")) + (when ? "@" + when : "");
const link = (id) => h("a", { href: dated(id) }, nameOf(id));
const links = (ids) => between([...ids].sort(byName).map(link), ", ");

// A date as it was asked for, cut to the month; undefined where there are no answers for it.
function readDate(text) {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d\d)?)?$/.exec(text);
  if (!parts || parts[1] < FIRST || parts[1] > END.slice(0, 4)) return undefined;
  const date = parts[2] ? parts[1] + "-" + parts[2] : parts[1];
  return date.length > 4 && date > END ? undefined : date;
}

// Years stand in one list, months in another, behind which stands what is last known.
function place() {
  if (!when) return [1, (Number(END.slice(0, 4)) - FIRST) * 12 + Number(END.slice(5))];
  const years = Number(when.slice(0, 4)) - FIRST;
  return when.length > 4 ? [1, years * 12 + Number(when.slice(5)) - 1] : [0, years];
}

// Of [0, one, 12, another] the value that holds at a place: the other from 12 places on.
function value(runs, at) {
  let found;
  for (let i = 0, from = 0; i < runs.length && (from += runs[i]) <= at; i += 2) found = runs[i + 1];
  return found;
}

// Answers --------------------------------------------------------------------------------

// What Python has of a record: see `Answers.encoded`.
const known = new Map(Object.entries(D.records).map(([id, [first, answers, states, chairs, headings]]) =>
  [id, { first, answers, states, chairs, headings }]));
const hasMembers = (id) => Boolean(known.get(id)?.states.members);
const hasChairs = (id) => Boolean(known.get(id)?.chairs);

// An answer: its claims by their numbers on the page, and whose it is.
const answerOf = ({ first }, [sign, basis, reason, claims, standing = []]) => ({
  sign, basis, standing, reason: [reason].flat(), claims: [claims].flat().map((number) => first + number),
});

// The answer for each State that a record names in a capacity, by code.
function answersOf(id, capacity = "members") {
  const own = known.get(id), [precision, at] = place();
  own.read ??= own.answers.map((answer) => answerOf(own, answer));
  const found = new Map();
  for (const [codes, ...runs] of own.states[capacity] || []) {
    const answer = own.read[value(runs[precision], at)];
    for (const code of codes.match(/.{3}/g)) found.set(code, answer);
  }
  return found;
}

// The other capacities in which a record names States.
const beside = (id) => Object.keys(known.get(id)?.states || {}).filter((key) => key !== "members");

// The kinds of answers: certain ones, those that are neither yes nor no, and no.
const { certain: CERTAIN, open: OPEN } = D.answers;
const isCertain = (answer) => CERTAIN.includes(kind(answer));
const isOpen = (answer) => OPEN.includes(kind(answer));

const sign = (answer) => D.signs[answer.sign][0];
const kind = (answer) => D.signs[answer.sign][1];
const inWords = (parts) => parts.map((part) => D.reasons[part]).join("; ");
const reason = (answer) => inWords(answer.reason);
// The reason, and behind it what else is true of the State.
const why = (answer) => inWords([...answer.reason, ...answer.standing]);
const basis = (answer) => D.bases[answer.basis];
const codesWith = (answers, ...wanted) =>
  [...answers].filter(([, answer]) => wanted.includes(kind(answer))).map(([code]) => code);

// How many, and what speaks against it: the heading of `rcpref members`, by Python.
function headingOf(id, capacity = "members") {
  const [precision, at] = place();
  return D.headings[value(known.get(id).headings[capacity][precision], at)];
}

// When a process was last seen active, where that was long before the date.
function silentSince(id) {
  const [words, long] = Object.hasOwn(D.seen, id) ? D.seen[id] : [], first = (when || END) + (when?.length === 4 ? "-01-01" : "-01");
  return long && first > long ? words : "";
}

// Chairs ---------------------------------------------------------------------------------

// Who was in the chair: States and answer of each.
function holdersOf(id) {
  const own = known.get(id), [precision, at] = place(), [holders, ...runs] = own.chairs;
  return value(runs[precision], at).map((number) => {
    const [states, ...answer] = holders[number];
    return { states, answer: answerOf(own, answer) };
  });
}

// Evidence -------------------------------------------------------------------------------

// The claims that an answer rests on, the first of each source.
function evidence(answer) {
  const bySource = new Map();
  for (const number of answer.claims) {
    const claim = claims[number], source = sourceOf(claim);
    if (bySource.has(source.hash)) continue;
    const words = [...source.childNodes].map((node) => node.cloneNode(true));
    bySource.set(source.hash, h("a", { href: dated(claim.id) }, words));
  }
  return between([...bySource.values()], "; ");
}

function evidenceRow(answer, whom, count) {
  return h(
    "tr", { class: sign(answer) },
    h("th", {}, kind(answer) + (count > 1 ? " " + count : "")),
    h("td", {}, whom),
    h("td", {}, why(answer), basis(answer) ? h("small", {}, " " + basis(answer)) : ""),
    h("td", {}, evidence(answer)),
  );
}

// What is behind a chair, or behind who holds it: whether it is certain, why, who says so.
function grounds(answer) {
  return [
    h("small", {}, " (" + reason(answer) + ") "),
    h("span", { class: "evidence" }, evidence(answer)),
  ];
}
const unlessCertain = (answer) => (isCertain(answer) ? "" : kind(answer) + ": ");
