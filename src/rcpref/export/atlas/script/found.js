// The page of a search: what can be found is read from the page, `makeSearch` ranks it.

const MOST = 60;
const HELP = "Type words: all of them have to stand there. \u201cPhrases\u201d stand in quotation "
  + "marks, migra* is a beginning; OR and NOT are understood.";

let search = null;

const row = (id, type, name, body, more = {}) =>
  ({ id, type, title: name, body, weight: D.weights[type], ...more });

function searched() {
  const records = pages.filter((page) => page.dataset.kind);
  return [
    ...all(".passage, .theme").map(passageRow),
    ...records.map(nameRow),
    ...records.flatMap(claimRows),
    ...all("#Sources li").map(sourceRow),
  ];
}

function passageRow(passage) {
  const said = (passage.querySelector(".said") || passage).cloneNode(true);
  for (const mark of all("sup", said)) mark.remove();
  const key = passage.id.replace(/^.*\//, "").replace(/-\d+$/, "");
  const weight = Object.hasOwn(D.weights, key) ? D.weights[key] : D.weights.passage;
  return row(passage.id, "passage", nameOfPassage(passage.id), said.textContent, { weight });
}

function nameRow(page) {
  const full = textOf(page.querySelector(":scope > .full"));
  const others = textOf(page.querySelector(":scope > .also"));
  const body = [title(page), full, others].filter(Boolean).join("; ");
  return row(page.id, "name", title(page), body, { names: body.split("; ") });
}

function claimRows(page) {
  const found = [];
  let label = "";
  for (const line of all(".claims tbody tr", page)) {
    if (line.cells.length === 1) label = line.textContent;
    else found.push(claimRow(page, label, line));
  }
  return found;
}

// Of a record that is named, its id is what is searched.
function claimRow(page, label, line) {
  const parts = [...line.cells[0].childNodes].filter((node) => node.className !== "about");
  const said = (node) => (node.className === "record" ? target(node) : node.textContent);
  const words = parts.filter((node) => node.nodeName !== "P").map(said).join("");
  const notes = parts.filter((node) => node.nodeName === "P").map(said);
  const name = title(page) + ": " + label.toLowerCase();
  const body = [label, words, ...notes].join(". ");
  const weight = D.weights[D.lists.includes(label) ? "list" : "claim"];
  return row(line.id, "claim", name, body, { date: line.cells[1].textContent, weight });
}

function sourceRow(source) {
  const publishers = textOf(source.querySelector("span"));
  const title = textOf(source.firstChild);
  return row(source.id, "source", title, title + ". " + publishers);
}

// What was found -------------------------------------------------------------------------

function drawFound(query, missing) {
  search ??= makeSearch(searched());
  $("Query").value = query;
  const result = search(query), hits = result ? result.hits : [], meant = meaningOf(query);
  const near = meant.length || hits.length ? [] : nearTo(query);
  $("Named").replaceChildren(...meant.map((id) => h("li", {}, linkTo(id), h("small", {}, " " + whatIs(id)))));
  const lines = [missing ? "There is no page \u201c" + query + "\u201d here. " : "",
    result ? counts(query, meant.length || missing, hits) : HELP,
    near.length ? [" Did you mean ", between(near.map(linkTo), ", "), "?"].flat() : ""];
  $("Count").replaceChildren(...lines.flat());
  const items = (some) => some.map((hit) => itemOf(hit.row, result.found));
  $("Hits").replaceChildren(...items(hits.slice(0, MOST)));
  $("More").hidden = hits.length <= MOST;
  $("More").textContent = "Show all " + hits.length;
  $("More").onclick = () => {
    $("Hits").append(...items(hits.slice(MOST)));
    $("More").hidden = true;
  };
}

function counts(query, meant, hits) {
  if (hits.length) return "It is named in " + plural(hits.length, "place", "places") + ".";
  return meant ? "" : "Nothing found for \u201c" + query + "\u201d.";
}

const whatIs = (id) => (id.includes("/") ? "passage" : $(id).dataset.kind || "State");
const linkTo = (id) => h("a", { href: address(id) }, id.includes("/") ? nameOfPassage(id) : nameOf(id));
const nameOfPassage = (id) => nameOf(id.split("/")[0]) + ", " + id.replace(/^[^/]*\//, "").replace(/-/g, " ");

function itemOf(found, marked) {
  const about = " " + found.type + (found.date ? ", " + found.date : "");
  return h(
    "li", {}, h("a", { href: address(found.id) }, found.title), h("small", {}, about),
    h("p", {}, snippet(found.body, marked)),
  );
}

// The words around those that were found, which are marked.
function snippet(body, marked) {
  const parts = body.split(/([\p{L}\p{N}\p{Co}\p{Mn}]+)/u);
  const hit = (part, i) => i % 2 === 1 && marked(part);
  const from = Math.max(0, parts.findIndex(hit) - 24), to = from + 90;
  const shown = parts.map((part, i) => (hit(part, i) ? h("mark", {}, part) : part)).slice(from, to);
  return [from ? "\u2026 " : "", shown, to < parts.length ? " \u2026" : ""];
}
