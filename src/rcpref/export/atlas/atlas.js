// The atlas. All answers were worked out before and stand in the page; this shows them for
// the date that is asked for. It knows no rule of membership, and makes elements, never
// HTML out of words.

(() => {
const D = JSON.parse(document.getElementById("Data").textContent);
const $ = (id) => document.getElementById(id);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const SVG = "http://www.w3.org/2000/svg";
const LAST = "as last known";
const [WIDTH, HEIGHT] = D.world, WORLD = "0 0 " + WIDTH + " " + HEIGHT;
const [FIRST, END] = [Number(D.span[0]), D.span[1]];

function filled(element, attributes, content) {
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...content.flat(Infinity).filter((part) => part !== null && part !== ""));
  return element;
}
const h = (tag, attributes, ...content) => filled(document.createElement(tag), attributes, content);
const s = (tag, attributes, ...content) => filled(document.createElementNS(SVG, tag), attributes, content);
const between = (parts, sign) => parts.flatMap((part, i) => i ? [sign, part] : [part]);
const address = (id) => "#" + encodeURI(id).replace(/#/g, "%23");

// The date: null for what is last known, "2013" or "2013-05" ------------------------------

let when = null;
const dated = (id) => address(id) + (when ? "@" + when : "");
const words = () => when ? "at " + when : LAST;

// Years stand in one list, months in another, behind which stands what is last known.
function place() {
  if (!when) return [1, (Number(END.slice(0, 4)) - FIRST) * 12 + Number(END.slice(5))];
  const year = Number(when.slice(0, 4)) - FIRST;
  return when.length > 4 ? [1, year * 12 + Number(when.slice(5)) - 1] : [0, year];
}

// A date as it was asked for, cut to the month; undefined where there are no answers for it.
function readDate(text) {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d\d)?)?$/.exec(text);
  if (!parts || parts[1] < FIRST || parts[1] > END.slice(0, 4)) return undefined;
  const month = parts[2] ? parts[1] + "-" + parts[2] : parts[1];
  return month.length > 4 && month > END ? undefined : month;
}

function value(runs, at) {
  let found;
  for (let i = 0; i < runs.length && runs[i] <= at; i += 2) found = runs[i + 1];
  return found;
}

// Answers -------------------------------------------------------------------------------

const codesOf = new Map();
function groups(id, precision) {
  if (!codesOf.has(id)) codesOf.set(id, D.members[id].map((list) => list.map(([codes, runs]) => [codes.match(/.{3}/g), runs])));
  return codesOf.get(id)[precision];
}

// The number of the answer for each State that a record names.
function answersOf(id) {
  const [precision, at] = place(), found = new Map();
  for (const [codes, runs] of groups(id, precision)) {
    const number = value(runs, at);
    for (const code of codes) found.set(code, number);
  }
  return found;
}
const kindOf = (answer) => D.signs[answer[0]][1];
const reason = (parts) => parts.map((part) => D.reasons[part]).join("; ");
const sign = (answer) => D.signs[answer[0]][0];
const territories = new Set(D.territories);
const plural = (count, one, more) => count + " " + (count === 1 ? one : more);

// How many: as the heading of `rcpref members` has it.
function counted(answers) {
  const of = (kind) => [...answers].filter(([, n]) => kindOf(D.answers[n]) === kind);
  const certain = of("yes"), open = ["possible", "disputed"].map((kind) => [of(kind).length, kind]).filter(([n]) => n);
  if (certain.length) {
    const beyond = certain.filter(([code]) => territories.has(code)).length;
    return plural(certain.length - beyond, "State", "States") + (beyond ? ", " + plural(beyond, "territory", "territories") : "");
  }
  if (open.length) return "none certain, " + open.map(([n, kind]) => n + " " + kind).join(", ");
  const no = of("no"), reasons = new Set(no.map(([, n]) => reason(D.answers[n][2])));
  if (reasons.size === 1 && no.length === answers.size) return "none: " + [...reasons][0];
  return no.length < answers.size ? "none known" : "none";
}

// What stands in the page ------------------------------------------------------------------

const pages = all(".page");
const title = (page) => page.querySelector("h1").textContent;
const names = new Map(pages.map((page) => [page.id, title(page)]));
const nameOf = (id) => names.get(id) || id;
const claims = all(".claims tr[id]");
const sourceOf = (row) => row.cells[2].querySelector("a");
const link = (id) => h("a", { href: dated(id) }, nameOf(id));

function evidence(numbers) {
  const bySource = new Map();
  for (const number of numbers) {
    const row = claims[number], source = sourceOf(row);
    if (!bySource.has(source.hash)) bySource.set(source.hash, h("a", { href: address(row.id) }, source.textContent));
  }
  return between([...bySource.values()], "; ");
}

function evidenceRow(answer, whom, count) {
  const basis = answer[1] === null ? null : h("small", {}, " " + D.bases[answer[1]]);
  return h("tr", { class: sign(answer) },
    h("th", {}, kindOf(answer) + (count > 1 ? " " + count : "")),
    h("td", {}, whom), h("td", {}, reason(answer[2]), basis), h("td", {}, evidence(answer[3])));
}

// A record ---------------------------------------------------------------------------------

// The State that a part of a map stands for.
const codeOf = (use) => use.getAttribute("href")?.match(/^#[ms]-(...)$/)?.[1];
const usesOf = new Map();
function uses(svg) {
  if (!usesOf.has(svg)) usesOf.set(svg, new Map(all("use:not(.land)", svg).map((use) => [codeOf(use), use])));
  return usesOf.get(svg);
}
function coloured(svg, answers) {
  for (const [code, use] of uses(svg)) {
    const now = answers.has(code) ? sign(D.answers[answers.get(code)]) : "land";
    if (use.getAttribute("class") !== now) use.setAttribute("class", now);
  }
}

// Patterns of the same size on the screen, however large a part of the world a map shows.
function hatched(svg) {
  const unit = svg.viewBox.baseVal.width / (svg.clientWidth || 700);
  for (const pattern of all(".defs pattern")) pattern.setAttribute("patternTransform", "scale(" + (unit * 8 / 60).toFixed(3) + ")");
}

const kept = new WeakMap();
function drawRecord(page) {
  const now = page.querySelector(".now");
  page.querySelector(".then")?.remove();
  now.hidden = Boolean(when);
  const answers = D.members[page.id] && answersOf(page.id);
  if (when) now.after(then(page, answers));
  if (!answers) return;
  const svg = page.querySelector(".map"), body = page.querySelector(".who tbody");
  drawMap(page, svg, answers);
  page.querySelector(".when").textContent = when ? ", " + words() : ", " + LAST;
  if (!kept.has(body)) kept.set(body, [...body.childNodes]);
  body.replaceChildren(...(when ? rows(answers) : kept.get(body)));
  const counts = new Map();
  for (const number of answers.values()) counts.set(sign(D.answers[number]), (counts.get(sign(D.answers[number])) || 0) + 1);
  page.querySelector(".legend").replaceChildren(...D.signs.filter(([key]) => counts.has(key)).map(([key, , text]) =>
    h("li", {}, h("i", { class: "sw " + key }), text + " ", h("b", {}, String(counts.get(key))))));
  const years = page.querySelector(".years svg");
  years.querySelector(".cursor")?.remove();
  if (when) years.append(s("rect", { class: "cursor", x: Number(when.slice(0, 4)) - FIRST, y: 0, width: 1, height: years.viewBox.baseVal.height }));
}

function drawMap(page, svg, answers) {
  svg.querySelector(".land").setAttribute("href", "#Areas");
  coloured(svg, answers);
  for (const code of all(".codes text", svg)) code.setAttribute("class", sign(D.answers[answers.get(code.textContent)]));
  hatched(svg);
  if (kept.has(svg)) return;
  kept.set(svg, true);
  const shown = h("p", { class: "hover", "aria-hidden": "true" }), frame = svg.getAttribute("viewBox");
  svg.after(shown);
  svg.addEventListener("pointermove", (event) => {
    const code = codeOf(event.target);
    const answer = code && D.answers[answersOf(page.id).get(code)];
    shown.textContent = answer ? nameOf(code) + ": " + kindOf(answer) + ", " + reason(answer[2]) : "";
  });
  svg.addEventListener("click", (event) => {
    const code = codeOf(event.target);
    if (code) location.hash = dated(code);
  });
  if (frame === WORLD) return;
  const zoom = h("button", { type: "button", class: "zoom", "aria-pressed": "false" }, "The whole world");
  zoom.addEventListener("click", () => {
    const whole = zoom.getAttribute("aria-pressed") === "false";
    zoom.setAttribute("aria-pressed", String(whole));
    svg.setAttribute("viewBox", whole ? WORLD : frame);
    svg.classList.toggle("whole", whole);
    hatched(svg);
  });
  shown.after(zoom);
}

// Where a State is, or where a meeting was held.
function locate(page, codes) {
  if (page.querySelector(".locator")) return;
  const marks = codes.map((code) => $("m-" + code) || $("s-" + code)).filter(Boolean).map(({ id }) => s("use", { href: "#" + id, class: "yes" }));
  if (!marks.length) return;
  const svg = s("svg", { class: "map locator", viewBox: WORLD, role: "img", "aria-label": "Map: " + codes.map(nameOf).join(", ") }, s("use", { href: "#Areas", class: "land" }), marks);
  page.querySelector("h1").before(svg);
  const boxes = marks.map((mark) => mark.getBBox()), edge = (f) => f(...boxes.map((box) => [box.x, box.x + box.width]).flat());
  const middle = boxes.reduce((sum, box) => sum + box.y + box.height / 2, 0) / boxes.length;
  const width = Math.min(WIDTH, Math.max(2600, edge(Math.max) - edge(Math.min) + 1200)), height = width * 0.6;
  const left = Math.min(Math.max((edge(Math.max) + edge(Math.min) - width) / 2, 0), WIDTH - width);
  svg.setAttribute("viewBox", [left, Math.min(Math.max(middle - height / 2, 0), Math.max(HEIGHT - height, 0)), width, height].map(Math.round).join(" "));
}

// What leads the page at a date: how many members, who was in the chair.
function then(page, answers) {
  const lines = [];
  if (answers) lines.push(h("dt", {}, "Members"), h("dd", {}, counted(answers)), ...["possible", "disputed"].map((kind) => some(kind, answers)));
  const runs = D.chairs[page.id];
  if (runs) {
    const [precision, at] = place(), holders = value(runs[precision], at).map((number) => D.holders[number]);
    lines.push(h("dt", {}, "Chair"), ...(holders.length ? holders.map(holder) : [h("dd", {}, "nothing is known for then")]));
  }
  return h("div", { class: "now then" }, h("h2", {}, "At " + when), h("dl", { class: "card" }, lines));
}
// Those of whom it is not certain, where there are few of them.
function some(kind, answers) {
  const own = [...answers].filter(([, n]) => kindOf(D.answers[n]) === kind).map(([code]) => [nameOf(code), code]).sort(byFirst);
  if (!own.length) return null;
  return h("dd", {}, own.length + " " + kind, own.length > 12 ? "" : [": ", between(own.map(([, code]) => link(code)), ", ")]);
}
function holder([states, ...answer]) {
  const lead = kindOf(answer) === "yes" ? "" : kindOf(answer) + ": ";
  return h("dd", {}, lead, between(states.map(link), ", "), h("small", {}, " (" + reason(answer[2]) + ") "), h("span", { class: "evidence" }, evidence(answer[3])));
}

// States with the same answer in one row, as Python has them.
function rows(answers) {
  const together = new Map();
  for (const [code, number] of answers) together.set(number, [...(together.get(number) || []), code]);
  const sorted = [...together].map(([number, codes]) => [D.answers[number], codes.map((code) => [nameOf(code), code]).sort(byFirst)]);
  const last = D.bases.length, basis = (answer) => answer[1] === null ? last : answer[1];
  sorted.sort(([a, one], [b, two]) => a[0] - b[0] || two.length - one.length || basis(a) - basis(b) || byFirst(one[0], two[0]));
  return sorted.map(([answer, codes]) => evidenceRow(answer, between(codes.map(([, code]) => link(code)), ", "), codes.length));
}
const byFirst = ([a], [b]) => a < b ? -1 : a > b ? 1 : 0;

const MEMBER_KINDS = [["process", "Processes"], ["body", "Bodies"], ["organization", "Organizations"]];

// A State ----------------------------------------------------------------------------------

function drawState(page) {
  const found = [];
  for (const id of Object.keys(D.members)) {
    const number = answersOf(id).get(page.id);
    if (number !== undefined) found.push([D.answers[number], id]);
  }
  const kind = (id) => MEMBER_KINDS.findIndex(([name]) => name === $(id).dataset.kind);
  found.sort(([a, one], [b, two]) => a[0] - b[0] || kind(one) - kind(two) || byFirst([nameOf(one)], [nameOf(two)]));
  const now = page.querySelector(".now");
  for (const old of all(".then", page)) old.remove();
  now.hidden = Boolean(when);
  const led = leading(page.id);
  const card = h("dl", { class: "card" }, when ? certain(found) : [], led.length ? [h("dt", {}, "In the chair of"), led] : []);
  const table = h("table", { class: "who then" }, h("thead", {}, h("tr", {}, ["Answer", "Of what", "Why", "Evidence"].map((text) => h("th", {}, text)))),
    h("tbody", {}, found.map(([answer, id]) => evidenceRow(answer, link(id), 1)),
    found.length ? "" : h("tr", {}, h("td", { colspan: 4 }, "No claim names it as a member of anything."))));
  page.append(
    when || led.length ? h("div", { class: "now then" }, when ? h("h2", {}, "Member of, " + words()) : "", card) : "",
    h("h2", { class: "then" }, "Of what, and on what evidence, " + words()), table);
}
function certain(found) {
  return MEMBER_KINDS.flatMap(([kind, label]) => {
    const own = found.filter(([answer, id]) => kindOf(answer) === "yes" && $(id).dataset.kind === kind);
    return own.length ? [h("dt", {}, label + " " + own.length), h("dd", {}, between(own.map(([, id]) => link(id)), ", "))] : [];
  });
}
function leading(code) {
  const [precision, at] = place();
  return Object.entries(D.chairs).flatMap(([id, runs]) => value(runs[precision], at).map((number) => D.holders[number])
    .filter(([states]) => states.includes(code))
    .map(([, ...answer]) => h("dd", {}, link(id), h("small", {}, " (" + (kindOf(answer) === "yes" ? "" : kindOf(answer) + ": ") + reason(answer[2]) + ") "), h("span", { class: "evidence" }, evidence(answer[3])))));
}

// Small maps -------------------------------------------------------------------------------

function drawHome(page) {
  const cards = all(".small-map", page);
  for (const card of cards) {
    const id = card.dataset.of, text = card.lastElementChild;
    if (!kept.has(text)) kept.set(text, text.textContent);
    card.setAttribute("href", dated(id));
    if (!D.members[id]) continue;
    const answers = answersOf(id);
    coloured(card.firstElementChild, answers);
    text.textContent = when ? counted(answers) : kept.get(text);
  }
  if (cards.length) hatched(cards[0].firstElementChild);
}

// Shared members ---------------------------------------------------------------------------

let cell = [0, 1];
function drawOverlap() {
  const sets = Object.keys(D.members).filter((id) => $(id).dataset.kind === "process")
    .map((id) => [id, new Set([...answersOf(id)].filter(([, n]) => kindOf(D.answers[n]) === "yes").map(([code]) => code))])
    .filter(([, states]) => states.size).sort(([a], [b]) => byFirst([nameOf(a).toLowerCase()], [nameOf(b).toLowerCase()]));
  const head = sets.map(([id]) => h("th", { scope: "col" }, h("span", {}, link(id))));
  if (!(cell[0] < sets.length && cell[1] < sets.length)) cell = [0, 0];
  const body = sets.map(([one, a], i) => h("tr", {}, h("th", { scope: "row" }, link(one)), sets.map(([two, b], j) => {
    const shared = [...a].filter((code) => b.has(code)), share = shared.length / Math.min(a.size, b.size);
    const shade = shared.length ? Math.min(5, 1 + Math.floor(4.999 * share)) : 0;
    const label = one === two ? nameOf(one) + ": " + a.size + " members" : nameOf(one) + " and " + nameOf(two) + ": " + shared.length + " shared";
    const button = h("button", { type: "button", tabindex: i === cell[0] && j === cell[1] ? "0" : "-1", "aria-label": label }, String(shared.length || "\u00b7"));
    button.addEventListener("click", () => {
      cell = [i, j];
      $("Shared").replaceChildren(h("p", {}, h("b", {}, label + ", " + words() + ". "), between(shared.map((code) => [nameOf(code), code]).sort(byFirst).map(([, code]) => link(code)), ", ")));
    });
    return h("td", { class: one === two ? "own" : "h" + shade }, button);
  })));
  $("Matrix").replaceChildren(h("caption", { class: "vh" }, "Certain members that two processes share, " + words()),
    h("thead", {}, h("tr", {}, h("td", {}), head)), h("tbody", {}, body));
  $("Shared").replaceChildren(h("p", {}, "Choose a number to see the States; the arrow keys move."));
}
$("Matrix").addEventListener("keydown", (event) => {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  const td = event.target.closest("td");
  if (!step || !td) return;
  const row = $("Matrix").tBodies[0].rows[td.parentNode.sectionRowIndex + step[0]];
  const next = row?.cells[td.cellIndex + step[1]]?.querySelector("button");
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  event.preventDefault();
});

// Search -----------------------------------------------------------------------------------

let search = null;
const MOST = 60;

// What can be found, read from the page: names, claims, passages, sources.
function searched() {
  const text = (element) => element ? element.textContent : "";
  const rows = [];
  const add = (id, type, name, body, more = {}) => rows.push({ id, type, title: name, body, weight: D.weights[type], ...more });
  for (const passage of all(".passage, .theme")) {
    const said = (passage.querySelector(".said") || passage).cloneNode(true);
    for (const mark of all("sup", said)) mark.remove();
    const kind = passage.id.replace(/^.*\//, "").replace(/-\d+$/, "");
    add(passage.id, "passage", passage.id, said.textContent, { weight: D.weights[kind] || D.weights.passage });
  }
  for (const page of pages.filter((page) => page.dataset.kind)) {
    const own = [title(page), text(page.querySelector(":scope > .full")), text(page.querySelector(":scope > .also span"))].filter(Boolean);
    add(page.id, "name", title(page), own.join("; "), { names: own.join("; ").split("; ") });
    let label = "";
    for (const row of all(".claims tr", page)) {
      if (row.cells.length === 1) { label = row.textContent; continue; }
      const parts = [...row.cells[0].childNodes].filter((node) => node.className !== "about");
      const said = parts.map((node) => node.className === "record" ? decodeURIComponent(node.hash.slice(1)) : node.textContent);
      const value = said.filter((_, i) => parts[i].nodeName !== "P").join(""), note = said.filter((_, i) => parts[i].nodeName === "P");
      add(row.id, "claim", title(page) + ": " + label.toLowerCase(), [label, value, ...note].join(". "), { date: row.cells[1].textContent });
    }
  }
  for (const source of all("#Sources li")) add(source.id, "source", text(source.querySelector("span")), text(source.firstChild) + ". " + text(source.querySelector("span")));
  return rows;
}

function drawFound(query) {
  search ??= makeSearch(searched());
  $("Query").value = query;
  const result = search(query), hits = result ? result.hits : [];
  const named = pages.filter((page) => page.matches(".state") && title(page).toLowerCase() === query.trim().toLowerCase());
  $("Count").replaceChildren(result ? plural(hits.length, "place", "places") + ". " : "Type words: all of them have to stand there. \u201cPhrases\u201d stand in quotation marks, migra* is a beginning; OR and NOT are understood.",
    ...between(named.map((page) => link(page.id)), ", "));
  const item = ({ row }) => h("li", {}, h("a", { href: address(row.id) }, row.title), h("small", {}, " " + row.type + (row.date ? ", " + row.date : "")), h("p", {}, snippet(row.body, result.found)));
  $("Hits").replaceChildren(...hits.slice(0, MOST).map(item));
  $("More").hidden = hits.length <= MOST;
  $("More").textContent = "Show all " + hits.length;
  $("More").onclick = () => {
    $("Hits").append(...hits.slice(MOST).map(item));
    $("More").hidden = true;
  };
}

// The words around those that were found, which are marked.
function snippet(body, found) {
  const parts = body.split(/([\p{L}\p{N}\p{Co}\p{Mn}]+)/u), first = parts.findIndex((part, i) => i % 2 && found(part));
  const from = Math.max(0, first - 24), to = Math.min(parts.length, from + 90);
  return [from ? "\u2026 " : "", parts.slice(from, to).map((part, i) => (i + from) % 2 && found(part) ? h("mark", {}, part) : part), to < parts.length ? " \u2026" : ""];
}

// Sources of what is shown, whole, folded up but for print ------------------------------------

function drawSources(page) {
  const numbers = new Map();
  for (const a of all(":is(.now:not([hidden]), .facts, .who) a[href^='#']", page)) {
    const id = decoded(a.hash.slice(1)), claim = id.includes("@") && id.includes("/");
    if (!claim && !id.startsWith("source:")) continue;
    const key = claim ? decoded(sourceOf($(id)).hash.slice(1)) : id;
    if (!numbers.has(key)) numbers.set(key, String(numbers.size + 1));
    if (claim) a.dataset.number = numbers.get(key); else a.textContent = numbers.get(key);
  }
  let fold = page.querySelector(".cites");
  if (!fold) {
    fold = h("details", { class: "cites" }, h("summary", {}), h("ol", {}));
    fold.addEventListener("toggle", () => fill(fold));
    const end = page.querySelector(":scope > h2:has(+ .claims)");
    if (end) end.before(fold); else page.append(fold);
  }
  fold.hidden = !numbers.size;
  fold.keys = [...numbers.keys()];
  fold.firstElementChild.textContent = plural(numbers.size, "source", "sources") + " of what is said above";
  fill(fold);
}
function fill(fold) {
  if (fold.open) fold.lastElementChild.replaceChildren(...fold.keys.map((key) => h("li", {}, [...$(key).childNodes].map((node) => node.cloneNode(true)))));
}
addEventListener("beforeprint", () => { for (const fold of all(".page.on .cites")) { fold.wasOpen = fold.open; fold.open = true; fill(fold); } });
addEventListener("afterprint", () => { for (const fold of all(".page.on .cites")) fold.open = fold.wasOpen; });

// Where we are -----------------------------------------------------------------------------

let here = $("Home");
const isDated = (page) => page.id === "Home" || page.id === "Overlap" || page.matches(".state") || Boolean(D.members[page.id] || D.chairs[page.id]);

function draw() {
  $("When").hidden = !isDated(here);
  const year = when ? when.slice(0, 4) : String(Number(END.slice(0, 4)) + 1);
  $("Year").value = year;
  $("Year").setAttribute("aria-valuetext", when || LAST);
  $("Month").value = when ? when.slice(5) : "";
  $("Month").disabled = !when;
  for (const option of $("Month").options) option.disabled = Boolean(option.value) && year + "-" + option.value > END;
  $("At").textContent = when || LAST;
  $("Now").setAttribute("aria-pressed", String(!when));
  if (here.id === "Home") drawHome(here);
  else if (here.id === "Overlap") drawOverlap();
  else if (here.matches(".state")) drawState(here);
  else if (isDated(here)) drawRecord(here);
  if (here.matches(".state")) locate(here, [here.id]);
  else if (here.dataset.where) locate(here, here.dataset.where.split(" "));
  if (here.matches(".record, .state")) drawSources(here);
  document.title = title(here) + (isDated(here) ? ", " + words() : "") + " \u00b7 RCP atlas";
  for (const a of all("nav a")) {
    if (a.hash === address(here.id)) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
    if (["#Home", "#Overlap"].includes(a.hash.replace(/@.*/, ""))) a.href = dated(a.hash.slice(1).replace(/@.*/, ""));
  }
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function go(moved) {
  let id = decoded(location.hash.slice(1)) || "Home", target = null;
  for (const old of all(".target")) old.classList.remove("target");
  if (id.startsWith("search:")) here = $("Found");
  else {
    const parts = /^([^/@]+)@([^/]+)$/.exec(id);
    when = null;
    if (parts && $(parts[1])) {
      id = parts[1];
      when = readDate(parts[2]) ?? null;
    }
    target = $(id);
    here = target?.closest(".page") || $("Found");
  }
  for (const page of pages) page.classList.toggle("on", page === here);
  if (here.id === "Found") drawFound(id.replace(/^search:/, ""));
  draw();
  if (target && target !== here) {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.classList.add("target");
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  } else if (moved) {
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

// Events -----------------------------------------------------------------------------------

function ask(date) {
  when = date;
  draw();
}
// Browsers refuse an address that changes with every step of a slider that is drawn.
const keep = () => history.replaceState(null, "", dated(here.id));
let frame = 0;
$("Year").addEventListener("input", () => {
  const year = $("Year").value, month = when && when.length > 4 ? when.slice(4) : "";
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => ask(year > END.slice(0, 4) ? null : readDate(year + month) || year));
});
$("Year").addEventListener("change", () => requestAnimationFrame(keep));
$("Month").addEventListener("change", () => {
  ask(readDate(when.slice(0, 4) + ($("Month").value ? "-" + $("Month").value : "")));
  keep();
});
$("Now").addEventListener("click", () => {
  ask(null);
  keep();
});
$("Search").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = $("Query").value.trim(), exact = [...names].find(([id, name]) => name === query && $(id).matches(".record, .state"));
  location.hash = exact ? address(exact[0]) : "#search:" + encodeURIComponent(query);
});
$("Theme").addEventListener("click", () => {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  $("Theme").setAttribute("aria-pressed", String(!dark));
});
addEventListener("hashchange", () => go(true));
addEventListener("resize", () => { if (here.querySelector(".map")) hatched(here.querySelector(".map")); });
$("Theme").setAttribute("aria-pressed", String(matchMedia("(prefers-color-scheme: dark)").matches));
const found = pages.filter((page) => page.matches(".record, .state"));
$("Names").append(...found.map(title).sort().map((name) => h("option", { value: name })));
go(false);
document.documentElement.dataset.ready = String(Math.round(performance.now()));
})();
