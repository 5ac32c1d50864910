// Which records and States a name means, as `rcpref show` has it: names are compared without
// regard to case, accents, signs and blanks. What the names on the page alone do not say is
// in `D.meant`, by Python.

const SPELT = [[/isation/g, "ization"], [/labour/g, "labor"], [/centre/g, "center"]];
const LETTERS = { "\u00f8": "o", "\u0111": "d", "\u0142": "l", "\u00f0": "d", "\u00fe": "th", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i", "\u00df": "ss" };

function wordsOf(name) {
  let kept = name.toLowerCase().normalize("NFKD").toLowerCase().replace(/\p{M}|['\u2019\u02bb\u02bc]/gu, "");
  kept = kept.replace(/[\u00df-\u0153]/g, (letter) => LETTERS[letter] || letter);
  kept = kept.replace(/\+/g, " plus ").replace(/&/g, " and ").replace(/[^\p{L}\p{N}]+/gu, " ");
  for (const [british, american] of SPELT) kept = kept.replace(british, american);
  return kept.split(" ").filter(Boolean);
}
const keyOf = (name) => wordsOf(name).join("");
const sortKeys = new Map(pages.map((page) => [page.id, keyOf(title(page))]));
const byName = (one, two) => byText(sortKeys.get(one) || one, sortKeys.get(two) || two);

const LEFT_OUT = [new Set(D.generic), new Set(D.small)];
function shortOf(name, which) {
  const kept = wordsOf(name).filter((word) => !LEFT_OUT[which].has(word)).join("");
  return which ? kept : kept.replace(/\u8fdb\u7a0b|\u5bf9\u8bdd/g, "");
}

// All names of a page: its id, title, full name and others; of a State its codes too.
function namesOf(page) {
  const said = (part) => textOf(page.querySelector(":scope > " + part));
  const codes = page.matches(".state") ? said(".kind").split(" \u00b7 ")[0].split(", ") : [page.id];
  return [...codes, title(page), said(".full"), ...said(".also").split("; ")].filter(Boolean);
}

// Names of records, then those of States, by their keys: whole ones, and with words left out.
const tables = [];
function filledTables() {
  if (tables.length) return tables;
  for (const [which, kind] of [".record", ".state"].entries()) {
    const whole = new Map(), short = new Map();
    const add = (table, key, id) => key && table.set(key, (table.get(key) || new Set()).add(id));
    for (const page of pages.filter((each) => each.matches(kind))) for (const name of namesOf(page)) {
      add(whole, keyOf(name), page.id);
      add(short, shortOf(name, which), page.id);
    }
    tables.push([whole, short]);
  }
  return tables;
}

// Ids of what a name means: of a record before a State, but for codes of two letters.
function meaningOf(name) {
  const passage = passageOf(name), key = keyOf(name);
  if (passage) return [passage];
  if (!key) return [];
  if (Object.hasOwn(D.exact, name)) return D.exact[name];
  if (Object.hasOwn(D.meant, key)) return D.meant[key];
  const [records, states] = filledTables().map(([whole, short], which) =>
    [...(whole.get(key) || short.get(shortOf(name, which)) || [])]);
  return records.length && key.length > 2 ? records : [...records, ...states];
}

// "Lima conclusion 4" and "conclusion 4" name a passage, as its address does.
function passageOf(name) {
  const key = keyOf(name), kinds = all(".passage[id], .theme[id]");
  const found = kinds.find(({ id }) => keyOf(id) === key)
    || kinds.find(({ id }) => keyOf(id.replace(/^.*\//, "")) === key)
    || kinds.find(({ id }) => key === keyOf(id.replace(/-\d{4}\//, "/")));
  return found?.id;
}

// Names that are spelt most like what was typed, as `rcpref` offers them.
function nearTo(name, most = 3) {
  const key = keyOf(name).slice(0, 80), found = new Map();
  for (const table of filledTables().flat()) for (const [other, ids] of table) {
    const like = other.length > 3 && key ? 2 * common(key, other) / (key.length + other.length) : 0;
    if (like >= 0.72) for (const id of ids) found.set(id, Math.max(found.get(id) || 0, like));
  }
  const best = Math.max(...found.values());
  const near = [...found].filter(([, like]) => like >= best - 0.1).sort((a, b) => b[1] - a[1]);
  return near.slice(0, most).map(([id]) => id);
}

// How many letters two words have in the same order.
function common(one, two) {
  if (2 * Math.min(one.length, two.length) < 0.72 * (one.length + two.length)) return 0;
  let row = new Array(two.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (let i = 0; i < two.length; i++) {
      next.push(two[i] === letter ? row[i] + 1 : Math.max(next[i], row[i + 1]));
    }
    row = next;
  }
  return row.at(-1);
}
