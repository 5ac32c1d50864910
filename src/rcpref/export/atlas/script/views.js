// What each page shows at a date. As last known it shows what Python has put there.

const MEMBER_KINDS = [["process", "Processes"], ["body", "Bodies"], ["organization", "Organizations"]];
const kindOfRecord = (id) => MEMBER_KINDS.findIndex(([name]) => name === $(id).dataset.kind);

// What stood there before the date was moved.
const before = new WeakMap();

// Small maps -----------------------------------------------------------------------------

function drawHome(page) {
  const cards = all(".small-map", page);
  for (const card of cards) {
    const id = card.dataset.of, text = card.lastElementChild;
    if (!before.has(text)) before.set(text, text.textContent);
    card.setAttribute("href", dated(id));
    if (!D.members[id]) continue;
    const answers = answersOf(id);
    coloured(card.firstElementChild, answers);
    text.textContent = when ? counted(answers) : before.get(text);
  }
  if (cards.length) hatched(cards[0].firstElementChild);
}

// A record -------------------------------------------------------------------------------

function drawRecord(page) {
  const now = page.querySelector(".now"), answers = D.members[page.id] && answersOf(page.id);
  page.querySelector(".then")?.remove();
  now.hidden = Boolean(when);
  if (when) now.after(lead(page.id, answers));
  if (!answers) return;
  drawMap(page, answers);
  drawLegend(page.querySelector(".legend"), answers);
  drawCursor(page.querySelector(".years svg"));
  page.querySelector(".when").textContent = ", " + words();
  const body = page.querySelector(".who tbody");
  if (!before.has(body)) before.set(body, [...body.childNodes]);
  body.replaceChildren(...(when ? rows(answers) : before.get(body)));
}

// How many members, and who was in the chair.
function lead(id, answers) {
  const lines = [];
  if (answers) {
    lines.push(h("dt", {}, "Members"), h("dd", {}, counted(answers)));
    for (const each of ["possible", "disputed"]) lines.push(some(each, answers));
  }
  if (D.chairs[id]) {
    const holders = holdersOf(id).map(({ states, answer }) =>
      h("dd", {}, unlessCertain(answer), between(states.map(link), ", "), grounds(answer)));
    lines.push(h("dt", {}, "Chair"));
    lines.push(holders.length ? holders : h("dd", {}, "nothing is known for then"));
  }
  return h("div", { class: "now then" }, h("h2", {}, "At " + when), h("dl", { class: "card" }, lines));
}

// Those of whom it is not certain, by name where they are few.
function some(wanted, answers) {
  const codes = codesWith(answers, wanted);
  if (!codes.length) return null;
  return h("dd", {}, codes.length + " " + wanted, codes.length > 12 ? "" : [": ", links(codes)]);
}

// States with the same answer in one row, in the order that Python gives them.
function rows(answers) {
  const together = new Map();
  for (const [code, answer] of answers) together.set(answer, [...(together.get(answer) || []), code]);
  const basisOf = (answer) => (answer[1] === null ? D.bases.length : answer[1]);
  const sorted = [...together].map(([answer, codes]) => [answer, codes.sort(byName)]);
  sorted.sort(([a, one], [b, two]) =>
    a[0] - b[0] || two.length - one.length || basisOf(a) - basisOf(b) || byName(one[0], two[0]));
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
  for (const id of Object.keys(D.members)) {
    const answer = answersOf(id).get(page.id);
    if (answer) found.push([answer, id]);
  }
  found.sort(([a, one], [b, two]) =>
    a[0] - b[0] || kindOfRecord(one) - kindOfRecord(two) || byName(one, two));
  for (const old of all(".then", page)) old.remove();
  now.hidden = Boolean(when);
  const lines = [when ? memberOf(found) : "", leading(page.id)].flat();
  if (when || lines.some(Boolean)) {
    const heading = when ? h("h2", {}, "Member of, " + words()) : "";
    page.append(h("div", { class: "now then" }, heading, h("dl", { class: "card" }, lines)));
  }
  page.append(h("h2", { class: "then" }, "Of what, and on what evidence, " + words()), tableOf(found));
}

function tableOf(found) {
  const heads = ["Answer", "Of what", "Why", "Evidence"].map((text) => h("th", {}, text));
  const lines = found.map(([answer, id]) => evidenceRow(answer, link(id), 1));
  const none = h("tr", {}, h("td", { colspan: 4 }, "No claim names it as a member of anything."));
  const body = h("tbody", {}, lines.length ? lines : none);
  return h("table", { class: "who then" }, h("thead", {}, h("tr", {}, heads)), body);
}

function memberOf(found) {
  return MEMBER_KINDS.flatMap(([key, label]) => {
    const own = found.filter(([answer, id]) => kind(answer) === "yes" && $(id).dataset.kind === key);
    const ids = own.map(([, id]) => id);
    return ids.length ? [h("dt", {}, label + " " + ids.length), h("dd", {}, links(ids))] : [];
  });
}

function leading(code) {
  const lines = Object.keys(D.chairs).flatMap((id) => holdersOf(id)
    .filter(({ states }) => states.includes(code))
    .map(({ answer }) => h("dd", {}, unlessCertain(answer), link(id), grounds(answer))));
  return lines.length ? [h("dt", {}, "In the chair of"), ...lines] : [];
}

// Shared members -------------------------------------------------------------------------

// The row and column of the number that the keyboard is at.
let cell = [0, 0];

function drawOverlap() {
  const sets = Object.keys(D.members)
    .filter((id) => $(id).dataset.kind === "process")
    .map((id) => [id, new Set(codesWith(answersOf(id), "yes"))])
    .filter(([, states]) => states.size)
    .sort(([one], [two]) => byText(nameOf(one).toLowerCase(), nameOf(two).toLowerCase()))
    .slice(0, D.most);
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
  $("Shared").replaceChildren(h("p", {}, "Choose a number to see the States; the arrow keys move."));
}

function sharedBy([one, ours], [two, theirs], spot) {
  const shared = [...ours].filter((code) => theirs.has(code));
  const share = shared.length / Math.min(ours.size, theirs.size);
  const shade = shared.length ? Math.min(5, 1 + Math.floor(4.999 * share)) : 0;
  const label = one === two
    ? nameOf(one) + ": " + ours.size + " members"
    : nameOf(one) + " and " + nameOf(two) + ": " + shared.length + " shared";
  const tabindex = String(spot) === String(cell) ? "0" : "-1";
  const button = h("button", { type: "button", tabindex, "aria-label": label });
  button.append(String(shared.length || "\u00b7"));
  button.addEventListener("click", () => {
    cell = spot;
    $("Shared").replaceChildren(h("p", {}, h("b", {}, label + ", " + words() + ". "), links(shared)));
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
    const id = target(a), claim = id.includes("@") && id.includes("/");
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

addEventListener("beforeprint", () => {
  for (const fold of all(".page.on .cites")) {
    fold.wasOpen = fold.open;
    fold.open = true;
    fill(fold);
  }
});
addEventListener("afterprint", () => {
  for (const fold of all(".page.on .cites")) fold.open = fold.wasOpen;
});
