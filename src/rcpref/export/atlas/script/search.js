// Search as `rcpref search` does it: the words of a query, FTS5's way of taking words out of
// a text, and its ranking (BM25), so that both find the same. `makeSearch` takes what is
// searched, rows of { weight, body, names }, and gives a function from a query to hits.

const makeSearch = (() => {
  const OPERATORS = ["AND", "OR", "NOT"];
  const K1 = 1.2, B = 0.75;

  const fold = (word) => word.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "");
  const tokens = (text) => (text.match(/[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{Mn}]*/gu) || []).map(fold);
  const words = (piece) => piece.match(/[\p{L}\p{N}]+/gu) || [];

  // The query ---------------------------------------------------------------------------

  // Words and quoted phrases in order; a lone quotation mark is no more than a blank.
  function pieces(query) {
    const parts = query.split('"'), found = [];
    parts.forEach((part, i) => {
      if (i % 2 && i < parts.length - 1) found.push([part, true]);
      else for (const word of part.split(/\s+/u)) if (word) found.push([word, false]);
    });
    return found;
  }

  // A word with its English plural or singular.
  function forms(word) {
    const low = word.toLowerCase(), found = [low];
    if (low.length < 3 || !/^\p{L}+$/u.test(low)) return found;
    if (low.endsWith("ies")) found.push(low.slice(0, -3) + "y");
    else if (low.endsWith("s") && !low.endsWith("ss")) {
      found.push(low.slice(0, -1));
      if (low.endsWith("es")) found.push(low.slice(0, -2));
    } else if (low.endsWith("y") && !"aeiou".includes(low.at(-2))) found.push(low.slice(0, -1) + "ies");
    else found.push(low + "s", low + "es");
    return found;
  }

  // The alternatives of a term, each a row of tokens; null where there is no word in it.
  function term(piece, quoted) {
    const own = words(piece), prefix = piece.endsWith("*") && !quoted;
    if (!own.length) return null;
    const whole = quoted || prefix || own.length > 1;
    const phrases = whole ? [own.join(" ")] : forms(own[0]);
    return phrases.map((phrase) => ({ tokens: tokens(phrase), prefix }));
  }

  // Terms with operators between them: [term, "AND", term, "NOT", term].
  function read(query) {
    const parts = [], open = () => !parts.length || OPERATORS.includes(parts.at(-1));
    for (const [piece, quoted] of pieces(query)) {
      if (!quoted && OPERATORS.includes(piece)) {
        if (!open()) parts.push(piece);
        continue;
      }
      const found = term(piece, quoted);
      if (!found) continue;
      if (!open()) parts.push("AND");
      parts.push(found);
    }
    if (parts.length && open()) parts.pop();
    return parts;
  }

  // The index ---------------------------------------------------------------------------

  function indexed(rows) {
    const places = new Map(), lengths = [];
    rows.forEach((row, number) => {
      const own = tokens(row.body);
      lengths.push(own.length);
      own.forEach((token, place) => {
        let of = places.get(token);
        if (!of) places.set(token, of = new Map());
        const at = of.get(number);
        if (at) at.push(place); else of.set(number, [place]);
      });
    });
    return { places, lengths, mean: lengths.reduce((a, b) => a + b, 0) / (rows.length || 1) };
  }

  // Rows in which a phrase stands, with how often it does.
  function counted(index, phrase) {
    const last = phrase.tokens.length - 1, found = new Map();
    const of = phrase.tokens.map((token, i) => {
      const exact = index.places.get(token);
      if (!phrase.prefix || i < last) return exact ? [exact] : [];
      return [...index.places].filter(([known]) => known.startsWith(token)).map(([, places]) => places);
    });
    if (!of.length) return found;
    for (const first of of[0]) for (const [row, starts] of first) {
      const follows = (start) => of.every((alike, i) =>
        !i || alike.some((places) => (places.get(row) || []).includes(start + i)));
      const count = starts.filter(follows).length;
      if (count) found.set(row, (found.get(row) || 0) + count);
    }
    return found;
  }

  // The ranking -------------------------------------------------------------------------

  return (rows) => {
    const index = indexed(rows);

    // Rows in which one of the alternatives stands, with the score of each.
    function scored(alternatives) {
      const found = new Map();
      for (const phrase of alternatives) {
        const counts = counted(index, phrase);
        const rarity = Math.log((rows.length - counts.size + 0.5) / (counts.size + 0.5));
        const idf = rarity > 0 ? rarity : 1e-6;
        for (const [row, count] of counts) {
          const length = index.lengths[row] / index.mean;
          const score = idf * (count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
          found.set(row, (found.get(row) || 0) + score);
        }
      }
      return found;
    }

    const both = (a, b) =>
      new Map([...a].filter(([row]) => b.has(row)).map(([row, x]) => [row, x + b.get(row)]));
    const either = (a, b) => new Map([...a, ...[...b].map(([row, x]) => [row, x + (a.get(row) || 0)])]);
    const without = (a, b) => new Map([...a].filter(([row]) => !b.has(row)));

    // NOT binds more than AND, and AND more than OR.
    function evaluated(parts) {
      for (const [operator, join] of [["OR", either], ["AND", both], ["NOT", without]]) {
        const place = parts.lastIndexOf(operator);
        if (place > 0) return join(evaluated(parts.slice(0, place)), evaluated(parts.slice(place + 1)));
      }
      return scored(parts[0]);
    }

    return (query) => {
      const parts = read(query);
      if (!parts.length) return null;
      const key = tokens(query).join("");
      const named = (row) => (row.names || []).some((name) => tokens(name).join("") === key) ? 1 : 0;
      const hits = [...evaluated(parts)].map(([number, score]) => ({
        row: rows[number], number, score: score * rows[number].weight, named: named(rows[number]),
      }));
      hits.sort((a, b) => b.named - a.named || b.score - a.score || a.number - b.number);
      const asked = parts.filter((part) => typeof part !== "string").flat();
      const fits = (word, phrase) => phrase.tokens.some((token) =>
        phrase.prefix ? word.startsWith(token) : word === token);
      return { hits, found: (word) => asked.some((phrase) => fits(fold(word), phrase)) };
    };
  };
})();
