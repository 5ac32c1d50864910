// What each page shows at a date. As last known it shows what Python has put there.

const MEMBER_KINDS = [["process", "Processes"], ["body", "Bodies"], ["organization", "Organizations"]];
const kindOfRecord = (id) => MEMBER_KINDS.findIndex(([name]) => name === $(id).dataset.kind);

// What stood there before the date was moved.
const before = new WeakMap();

// Small maps -----------------------------------------------------------------------------

function drawHome(page) {
  const cards = all(".small-map", page);
  // Each small map shows another part of the world: for all of them one of middle size.
  if (cards.length) hatched(cards[0].firstElementChild, undefined, 4500);
  // What Python has put there is what is last known.
  if ((page.dataset.at || "") === (when || "")) return;
  page.dataset.at = when || "";
  for (const card of cards) {
    const id = card.dataset.of, text = card.lastElementChild;
    if (!before.has(text)) before.set(text, [...text.childNodes]);
    card.setAttribute("href", dated(id));
    if (!hasMembers(id)) continue;
    const answers = answersOf(id);
    coloured(card.firstElementChild, answers);
    text.replaceChildren(...(when ? short(id, answers) : before.get(text)));
  }
}

// How many, and each remark by itself; who is suspended, absent or the like.
const MOST_STANDING = 2;
function short(id, answers) {
  const [count, ...remarks] = headingOf(id).split("; ");
  const apart = [...answers].filter(([, answer]) => answer.standing.length && isCertain(answer));
  const told = apart.sort(([one], [two]) => byName(one, two)).map(([code, answer]) =>
    nameOf(code) + " " + inWords(answer.standing));
  const more = told.length > MOST_STANDING ? ["and " + (told.length - MOST_STANDING) + " more"] : [];
  const seen = silentSince(id) && "last seen active: " + silentSince(id);
  const small = [...remarks, ...told.slice(0, MOST_STANDING), ...more, seen].filter(Boolean);
  return [h("b", {}, count), ...small.map((each) => h("small", {}, each))];
}

// A record -------------------------------------------------------------------------------

function drawRecord(page) {
  const now = page.querySelector(".now"), answers = hasMembers(page.id) && answersOf(page.id);
  page.querySelector(".then")?.remove();
  now.hidden = Boolean(when);
  if (when) now.after(lead(page.id, answers));
  foldFacts(page);
  if (!answers) return;
  drawMap(page, answers);
  drawLegend(page.querySelector(".legend"), answers);
  drawCursor(page.querySelector(".years svg svg"));
  page.querySelector(".when").textContent = ", " + words();
  const body = page.querySelector(".who tbody");
  if (!before.has(body)) before.set(body, [...body.childNodes]);
  body.replaceChildren(...(when ? rows(answers) : before.get(body)));
  marked(body.parentNode);
  explain(body.parentNode);
}

// The words of the table, where they stand.
function explain(table) {
  if (table.previousElementSibling.matches(".explained")) return;
  const key = [...$("About").querySelectorAll(".key, .key + p")].map((part) => part.cloneNode(true));
  table.before(h("details", { class: "explained" }, h("summary", {}, "What these words mean"), key));
}

// What is last known besides is set apart from what is said of a date.
function foldFacts(page) {
  const facts = page.querySelector(".facts"), heading = facts?.querySelector("h2");
  if (!facts || Boolean(facts.dataset.at) === Boolean(when)) return;
  if (!before.has(heading)) before.set(heading, heading.textContent);
  facts.open = !when;
  facts.dataset.at = when || "";
  heading.textContent = when ? "As last known (not " + words() + ")" : before.get(heading);
}

// Tables that are long are printed small.
const LONG = 20;
function marked(table) {
  table.classList.toggle("long", table.tBodies[0].rows.length >= LONG);
  return table;
}

// How many members, who else took part, and who was in the chair.
function lead(id, answers) {
  const lines = [];
  if (answers) {
    const certain = codesWith(answers, ...CERTAIN), names = certain.length && h("dd", {}, folded(certain));
    lines.push(h("dt", {}, "Members"), h("dd", {}, headingOf(id)), names || "");
    for (const each of OPEN) lines.push(some(each, answers));
  }
  for (const capacity of beside(id)) lines.push(inCapacity(id, capacity));
  if (hasChairs(id)) {
    const holders = holdersOf(id).map(({ states, answer }) =>
      h("dd", {}, unlessCertain(answer), between(states.map(link), ", "), grounds(answer)));
    lines.push(h("dt", {}, "Chair"));
    lines.push(holders.length ? holders : h("dd", {}, "nothing is known for then"));
  }
  return h("div", { class: "now then" }, h("h2", {}, "In " + said(when)), h("dl", { class: "card" }, lines));
}

// Those of whom it is not certain, by name.
function some(wanted, answers) {
  const codes = codesWith(answers, wanted);
  return codes.length ? h("dd", {}, codes.length + " " + wanted + ": ", folded(codes)) : null;
}

// Names; of many, the rest opens.
function folded(codes) {
  const sorted = [...codes].sort(byName), rest = sorted.slice(12);
  if (!rest.length) return links(sorted);
  const more = h("details", {}, h("summary", {}, "and " + rest.length + " more"), links(rest));
  return [links(sorted.slice(0, 12)), ", ", more];
}

// Who took part in a capacity, where anybody did.
function inCapacity(id, capacity) {
  const answers = answersOf(id, capacity), heading = headingOf(id, capacity);
  const certain = codesWith(answers, ...CERTAIN), open = OPEN.map((each) => [codesWith(answers, each), each]);
  const said = [[certain, heading], ...open.map(([codes, each]) => [codes, codes.length + " " + each])];
  const lines = said.filter(([codes]) => codes.length).map(([codes, count]) =>
    h("dd", {}, count, ": ", folded(codes)));
  return lines.length ? [h("dt", {}, D.capacities[capacity][1]), lines] : null;
}

// States with the same answer in one row, in the order that Python gives them.
function rows(answers) {
  const together = new Map();
  for (const [code, answer] of answers) together.set(answer, [...(together.get(answer) || []), code]);
  const sorted = [...together].map(([answer, codes]) => [answer, codes.sort(byName)]);
  sorted.sort(([a, one], [b, two]) =>
    a.sign - b.sign || two.length - one.length || a.basis - b.basis || byName(one[0], two[0]));
  return sorted.map(([answer, codes]) => evidenceRow(answer, links(codes), codes.length));
}

function drawLegend(legend, answers) {
  const counts = new Map();
  for (const answer of answers.values()) counts.set(sign(answer), (counts.get(sign(answer)) || 0) + 1);
  const shown = D.signs.filter(([key]) => counts.has(key));
  legend.replaceChildren(...shown.map(([key, , text]) =>
    h("li", {}, h("i", { class: "sw " + key }), text + " ", h("b", {}, String(counts.get(key))))));
}

// The year in the drawing of members by year.
function drawCursor(svg) {
  svg.querySelector(".cursor")?.remove();
  if (!when) return;
  const x = Number(when.slice(0, 4)) - FIRST, height = svg.viewBox.baseVal.height;
  svg.append(s("rect", { class: "cursor", x, y: 0, width: 1, height }));
}

// A State --------------------------------------------------------------------------------

function drawState(page) {
  const now = page.querySelector(".now"), found = [];
  for (const id of known.keys()) for (const capacity of ["members", ...beside(id)]) {
    const answer = answersOf(id, capacity).get(page.id), member = capacity === "members";
    if (answer && (member || isCertain(answer) || isOpen(answer))) found.push([answer, id, member ? "" : capacity]);
  }
  found.sort(([a, one], [b, two]) =>
    a.sign - b.sign || kindOfRecord(one) - kindOfRecord(two) || byName(one, two));
  for (const old of all(".then", page)) old.remove();
  now.hidden = Boolean(when);
  const also = page.querySelector(":scope > .also"), put = (part) =>
    also ? also.before(part) : page.append(part);
  if (when) {
    const lines = [partOf(found), leading(page.id)].flat();
    const none = h("dd", {}, "nothing then, certain or not, as far as claims say");
    const card = h("dl", { class: "card" }, lines.length ? lines : [h("dt", {}, "Member of"), none]);
    put(h("div", { class: "now then" }, h("h2", {}, "In " + said(when)), card));
  }
  put(h("h2", { class: "then" }, "Of what, and on what evidence, " + words()));
  put(tableOf(found));
}

function tableOf(found) {
  const heads = ["Answer", "Of what", "Why", "Evidence"].map((text) => h("th", {}, text));
  const as = (capacity) => capacity && h("small", {}, " " + D.capacities[capacity][0]);
  const lines = found.map(([answer, id, capacity]) => evidenceRow(answer, [link(id), as(capacity)], 1));
  const none = h("tr", {}, h("td", { colspan: 4 }, "No claim names it as a member of anything, or as anything else."));
  const body = h("tbody", {}, lines.length ? lines : none);
  return marked(h("table", { class: "who then" }, h("thead", {}, h("tr", {}, heads)), body));
}

// What it is a member of, what else it is, and what is not certain.
function partOf(found) {
  const line = (label, parts) =>
    parts.length ? [h("dt", {}, label), h("dd", {}, between(parts, ", "))] : [];
  const certain = found.filter(([answer]) => isCertain(answer));
  const linked = (own) => own.sort(([, one], [, two]) => byName(one, two)).map(([answer, id]) =>
    [link(id), answer.standing.length ? h("small", {}, " (" + inWords(answer.standing) + ")") : ""]);
  const members = MEMBER_KINDS.flatMap(([key, label]) => {
    const own = certain.filter(([, id, capacity]) => !capacity && $(id).dataset.kind === key);
    const [silent, lives] = [true, false].map((each) => own.filter(([, id]) => each === Boolean(silentSince(id))));
    const told = silent.map(([, id]) => [link(id), h("small", {}, " (" + silentSince(id) + ")")]);
    return !own.length ? [] : [h("dt", {}, label + " " + lives.length),
      lives.length ? h("dd", {}, between(linked(lives), ", ")) : "",
      told.length ? h("dd", {}, told.length + " not seen active for years: ", between(told, ", ")) : ""];
  });
  const others = Object.entries(D.capacities).flatMap(([capacity, [word]]) =>
    line(word[0].toUpperCase() + word.slice(1), linked(certain.filter((each) => each[2] === capacity))));
  const open = found.filter(([answer]) => isOpen(answer));
  const named = open.map(([answer, id, capacity]) =>
    [link(id), h("small", {}, " (" + (capacity ? D.capacities[capacity][0] + ", " : "") + kind(answer) + ")")]);
  return [...members, ...others, ...line("Not certain", named)];
}

function leading(code) {
  const lines = [...known.keys()].filter(hasChairs).flatMap((id) => holdersOf(id)
    .filter(({ states }) => states.includes(code))
    .map(({ answer }) => h("dd", {}, unlessCertain(answer), link(id), grounds(answer))));
  return lines.length ? [h("dt", {}, "In the chair of"), ...lines] : [];
}

// The timeline: the words of claims and the way to them -----------------------------------

function drawTimeline(page) {
  if (page.dataset.drawn) return;
  page.dataset.drawn = "yes";
  // On a narrow screen it opens at the present.
  const wide = page.querySelector(".wide");
  wide.scrollLeft = wide.scrollWidth;
  for (const part of all("[data-c]", page)) {
    const claim = claims[part.dataset.c];
    if (!part.querySelector("title")) {
      const [value, date] = claim.cells, words = textOf(value.firstChild);
      part.append(s("title", {}, (part.matches(".born") ? "founded " : "") + words + ", " + said(date.textContent)));
    }
    part.addEventListener("click", () => { location.hash = address(claim.id); });
  }
}

// What happened in a year ----------------------------------------------------------------

function drawYear(page) {
  if (!page.querySelector(".links")) page.querySelector("h2").before(h("p", { class: "links" },
    Object.keys(D.events.years).reverse().map((each) => h("a", { href: "#ByYear@" + each }, each))));
  const year = (when || END).slice(0, 4), found = D.events.years[year] || [];
  const more = year === String(OLDEST) ? " and before" : year === END.slice(0, 4) ? " and after" : "";
  page.querySelector("h2").textContent = year + more + ": " + plural(found.length, "event", "events");
  page.querySelector("tbody").replaceChildren(...found.map(([number, event, date, what]) => {
    const claim = claims[number], value = textOf(claim.cells[0].firstChild);
    return h("tr", {}, h("td", {}, date), h("td", {}, link(claim.closest(".page").id)),
      h("td", {}, D.events.kinds[event]), h("td", {}, h("a", { href: address(claim.id) }, (what || "\t").replace("\t", value))));
  }));
}

// Shared members -------------------------------------------------------------------------

// The row and column of the number that the keyboard is at.
let cell = [0, 0];
// Processes stand in the order of the small maps: by region.
const order = all(".small-map").map((card) => card.dataset.of);

function drawOverlap() {
  const sets = [...known.keys()]
    .filter((id) => hasMembers(id) && $(id).dataset.kind === "process")
    .map((id) => [id, new Set(codesWith(answersOf(id), ...CERTAIN))])
    .filter(([, states]) => states.size)
    .sort(([one], [two]) => order.indexOf(one) - order.indexOf(two))
    .slice(0, D.most);
  const chosen = (pair || []).map((id) => sets.findIndex(([each]) => each === id));
  if (pair && !chosen.includes(-1)) cell = chosen;
  if (Math.max(...cell) >= sets.length) cell = [0, 0];
  const heads = sets.map(([id]) => h("th", { scope: "col" }, h("span", {}, link(id))));
  const body = sets.map((one, row) => h(
    "tr", {}, h("th", { scope: "row" }, link(one[0])),
    sets.map((two, column) => sharedBy(one, two, [row, column])),
  ));
  $("Matrix").replaceChildren(
    h("caption", { class: "vh" }, "Certain members that two processes share, " + words()),
    h("thead", {}, h("tr", {}, h("td", {}), heads)),
    h("tbody", {}, body),
  );
  const hint = pair ? pair.map(nameOf).join(" and ") + ": no certain members of both are known " + words() + "."
    : "Choose a number to see the States; the arrow keys move.";
  $("Shared").replaceChildren(h("p", { class: "hint" }, hint));
  if (pair && !chosen.includes(-1)) choose(sets[cell[0]], sets[cell[1]]);
}

// The States of a number, which is marked.
function choose([one, ours], [two, theirs]) {
  const button = $("Matrix").tBodies[0].rows[cell[0]].cells[cell[1] + 1].firstChild;
  for (const old of all("[aria-current]", $("Matrix"))) old.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  const lead = h("b", {}, button.getAttribute("aria-label") + ", " + words() + ". ");
  $("Shared").replaceChildren(h("p", {}, lead, links([...ours].filter((code) => theirs.has(code)))));
}

function sharedBy([one, ours], [two, theirs], spot) {
  const shared = [...ours].filter((code) => theirs.has(code));
  const shade = Math.ceil(D.steps * shared.length / Math.min(ours.size, theirs.size));
  const label = one === two
    ? nameOf(one) + ": " + ours.size + " members"
    : nameOf(one) + " and " + nameOf(two) + ": " + shared.length + " shared";
  const tabindex = String(spot) === String(cell) ? "0" : "-1";
  const button = h("button", { type: "button", tabindex, "aria-label": label });
  button.append(String(shared.length || "\u00b7"));
  button.addEventListener("click", () => {
    cell = spot;
    pair = [one, two];
    choose([one, ours], [two, theirs]);
    keep();
  });
  return h("td", { class: one === two ? "own" : "h" + shade }, button);
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
$("Matrix").addEventListener("keydown", (event) => {
  const step = STEPS[event.key], td = event.target.closest("td");
  if (!step || !td) return;
  const row = $("Matrix").tBodies[0].rows[td.parentNode.sectionRowIndex + step[0]];
  const next = row?.cells[td.cellIndex + step[1]]?.querySelector("button");
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  event.preventDefault();
});

// Sources of what is shown, whole, folded up but for print ----------------------------------

function drawSources(page) {
  const numbers = numbered(page);
  let fold = page.querySelector(".cites");
  if (!fold) {
    fold = h("details", { class: "cites" }, h("summary", {}), h("ol", {}));
    fold.addEventListener("toggle", () => fill(fold));
    const heading = page.querySelector(":scope > h2:has(+ .claims)");
    if (heading) heading.before(fold);
    else page.append(fold);
  }
  fold.hidden = !numbers.size;
  fold.keys = [...numbers.keys()];
  const count = plural(numbers.size, "source", "sources");
  fold.firstElementChild.textContent = count + " of what is said above";
  fill(fold);
}

// Sources by their numbers, which marks and links to claims get, too.
function numbered(page) {
  const numbers = new Map();
  for (const a of all(":is(.now:not([hidden]), .facts, .who) a[href^='#']", page)) {
    const { id } = read(a.hash), claim = id.includes("@") && id.includes("/");
    if (!claim && !id.startsWith("source:")) continue;
    const key = claim ? target(sourceOf($(id))) : id;
    if (!numbers.has(key)) numbers.set(key, String(numbers.size + 1));
    if (claim) a.dataset.number = numbers.get(key);
    else a.textContent = numbers.get(key);
  }
  return numbers;
}

function fill(fold) {
  if (!fold.open) return;
  const copy = (node) => node.cloneNode(true);
  const items = fold.keys.map((key) => h("li", {}, [...$(key).childNodes].map(copy)));
  fold.lastElementChild.replaceChildren(...items);
}

// About how wide a map is on paper, which no script can measure.
const ON_PAPER = 330;
const PRINTED = ".page.on :is(.cites, dd details)";
const hatchedMap = (...width) => all(".page.on .map").slice(0, 1).forEach((map) => hatched(map, ...width));
addEventListener("beforeprint", () => {
  hatchedMap(ON_PAPER);
  for (const fold of all(PRINTED)) {
    fold.wasOpen = fold.open;
    fold.open = true;
    if (fold.keys) fill(fold);
  }
});
addEventListener("afterprint", () => {
  hatchedMap();
  for (const fold of all(PRINTED)) fold.open = fold.wasOpen;
});
