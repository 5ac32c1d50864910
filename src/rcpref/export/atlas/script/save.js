// What can be taken away: the map as SVG and PNG, the table as CSV, the citation, the address.

const tablesOf = (page) => all(".who, .events, .disputes, #Matrix", page);
const mapOf = (page) => page.querySelector(".map:not(.locator)");
const fileOf = (page, end) => [page.id, when, end].filter(Boolean).join("-").replace(/-(?=\w+$)/, ".");

function offerTools(page) {
  if (page.querySelector(".tools") || !(mapOf(page) || tablesOf(page).length || page.matches(".record"))) return;
  const said = h("span", { role: "status" });
  const button = (words, act) => {
    const made = h("button", { type: "button" }, words);
    made.addEventListener("click", async () => { said.textContent = (await act()) || ""; });
    return made;
  };
  const map = mapOf(page) ? [
    button("SVG", () => save(fileOf(page, "svg"), new Blob([picture(page)], { type: "image/svg+xml" }))),
    button("PNG", async () => save(fileOf(page, "png"), await painted(picture(page)))),
  ] : [];
  const table = tablesOf(page).length
    ? button("CSV", () => save(fileOf(page, "csv"), new Blob(["\ufeff" + csv(page)], { type: "text/csv" }))) : "";
  const row = h("p", { class: "tools" }, map, table,
    button("Copy citation", () => copy(citation(page))), button("Copy link", () => copy(location.href)), said);
  (page.querySelector(":scope > .full") || page.querySelector("h1")).after(row);
}

// The same two beside a claim that an address leads to.
function offerCitation(row) {
  if (!row.matches(".claims tr") || row.querySelector(".tools")) return;
  const said = h("span", { role: "status" }), cite = h("button", { type: "button" }, "Copy citation");
  cite.addEventListener("click", async () => { said.textContent = await copy(citationOfClaim(row)); });
  row.cells[0].append(h("p", { class: "tools" }, cite, said));
}

function save(name, blob) {
  const link = h("a", { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return name;
}

// Where there is no clipboard, as in a page from a disk, words are copied as from a field.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h("textarea", { class: "vh" }), before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    before.focus();
  }
  return "Copied: " + text;
}

// Citations are those of `rcpref cite`; that of a claim is its source, and where it stands here.
function citation(page) {
  const own = D.cited.own, full = textOf(page.querySelector(":scope > .full")) || title(page);
  if (!page.matches(".record")) return D.cited.all;
  if (Object.hasOwn(own, page.id)) return own[page.id];
  return D.cited.record.map((part) => ({ NAME: full, ID: page.id }[part] ?? part)).join("");
}

function citationOfClaim(row) {
  const source = $(target(sourceOf(row))), url = source.querySelector("a[href^=http]");
  const words = [...source.childNodes].filter((node) => node.nodeName !== "P").map(textOf).join("");
  return words + (url ? " " + url.href : "") + " [claim " + row.id + ", " + D.cited.data + "]";
}

// One line for each State or record of an answer; other tables as they stand.
function csv(page) {
  const inWord = (node) => (node.nodeName === "P" ? " " : "") + textOf(node);
  const text = (cell) => [...cell.childNodes].map(inWord).join("").trim();
  const lines = [], table = tablesOf(page)[0], rows = [...table.tBodies[0].rows];
  if (table.matches(".who")) {
    lines.push(["id", "name", "answer", "why", "rests_on", "evidence", "as_of"]);
    for (const { cells: [answer, whom, why, evidence] } of rows.filter(({ cells }) => cells.length > 3)) {
      const basis = textOf(why.querySelector("small")), reason = text(why).slice(0, -basis.length || undefined);
      const kept = [answer.textContent.split(" ")[0], reason, basis.trim(), text(evidence), when || ""];
      for (const a of all("a", whom)) lines.push([read(a.hash).id, a.textContent, ...kept]);
    }
  } else {
    for (const row of [...table.tHead.rows, ...rows]) lines.push([...row.cells].map(text));
  }
  return lines.map((line) => line.map(quoted).join(",") + "\r\n").join("");
}
const quoted = (text) => (/[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);

// The map as a picture of its own: title, heading, shapes with their colours, legend, origin.
const WIDE = 1000, EDGE = 24, LINE = 22, ABOVE = 84;

function picture(page) {
  const map = mapOf(page), tone = light(), answers = answersOf(page.id);
  const [left, top, width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const scale = (WIDE - 2 * EDGE) / width;
  const text = (said, y, more = {}) =>
    s("text", { x: EDGE, y, fill: tone("--ink"), "font-size": 15, ...more }, said);
  const heading = when ? headingOf(page.id) : textOf(page.querySelector(".now dd").firstChild);
  const [key, end] = legendOf(page, ABOVE + height * scale + 34, tone, text);
  const origin = [D.note, textOf(document.querySelector("footer p")).split(D.note)[0]];
  const patterns = [...new Set([...answers.values()].map(sign))].filter((each) => $("P-" + each));
  const move = "translate(" + (EDGE - left * scale) + " " + (ABOVE - top * scale) + ") scale(" + scale + ")";
  const size = { width: WIDE, height: Math.ceil(end + 44) };
  return new XMLSerializer().serializeToString(s(
    "svg", { ...size, viewBox: "0 0 " + size.width + " " + size.height, "font-family": "sans-serif", role: "img" },
    s("title", {}, title(page) + ", " + words()),
    s("defs", {}, s("clipPath", { id: "Cut" }, s("rect", { x: left, y: top, width, height })),
      patterns.map((each) => [pattern("P-", each, 8 / 60 / scale, tone), pattern("S-", each, 8 / 60, tone)])),
    s("rect", { ...size, fill: "#fff" }),
    text(title(page) + ", " + words(), 40, { "font-size": 24, "font-weight": "bold" }),
    text(heading, 40 + LINE + 4),
    s("g", { transform: move, "clip-path": "url(#Cut)" },
      landOf(map, scale, tone), statesOf(map, answers, scale, tone), labelsOf(map, scale, tone)),
    key, origin.map((line, i) => text(line, end + 8 + 18 * i, { "font-size": 11 })),
  ));
}

const paint = (lead, key, tone) => ($("P-" + key) ? "url(#" + lead + key + ")" : tone("--" + key));
const edgeOf = (tone, name, width) => ({ stroke: tone(name), "stroke-width": width });

function landOf(map, scale, tone) {
  const d = all("#Areas path:not(.dot, .ring)").map((path) => path.getAttribute("d")).join("");
  return all(".land", map).map((use) => s("path", {
    d, fill: tone("--land"), transform: "translate(" + (use.getAttribute("x") || 0) + ")", ...edgeOf(tone, "--paper", 0.6 / scale),
  }));
}

function statesOf(map, answers, scale, tone) {
  return uses(map).filter(([code]) => answers.has(code)).map(([code, use]) => {
    const fill = paint("P-", sign(answers.get(code)), tone);
    const [x, y] = ["x", "y"].map((name) => Number(use.getAttribute(name)) || 0);
    const own = $(use.getAttribute("href").slice(1));
    if (own.nodeName === "path") {
      const d = own.getAttribute("d"), transform = "translate(" + x + " " + y + ")";
      return s("path", { d, fill, transform, ...edgeOf(tone, "--paper", 0.6 / scale) });
    }
    const [cx, cy] = own.querySelector(".dot").getAttribute("d").match(/-?\d+/g).map(Number);
    return s("circle", { cx: cx + x, cy: cy + y, r: 4.5 / scale, fill, ...edgeOf(tone, "--ink", 0.8 / scale) });
  });
}

// Names of dots have an edge of paper behind them, so that they can be read on land.
function labelsOf(map, scale, tone) {
  const shown = all(".codes text", map).filter((label) => getComputedStyle(label).display !== "none");
  return shown.flatMap((label) => {
    const beside = label.matches(".beside"), copied = (more) => s("text", {
      x: label.getAttribute("x"), y: label.getAttribute("y"), dy: ".35em", "font-size": 12 / scale,
      "text-anchor": label.getAttribute("text-anchor") || "middle", "font-weight": beside ? "normal" : "bold", ...more,
    }, label.textContent);
    const fill = tone(beside ? "--ink" : label.dataset.sign === "carried" ? "--on-carried" : "--on-yes");
    return [beside ? copied({ fill: tone("--paper"), ...edgeOf(tone, "--paper", 3 / scale) }) : [], copied({ fill })];
  });
}

function legendOf(page, top, tone, text) {
  const lines = [...page.querySelector(".world .legend").children].map((item, i) => {
    const fill = paint("S-", item.firstChild.className.replace("sw ", ""), tone), y = top + LINE * i;
    const box = { x: EDGE, y: y - 12, width: 22, height: 13, fill, ...edgeOf(tone, "--rule", 0.7) };
    return [s("rect", box), text(item.textContent.trim(), y, { x: EDGE + 32 })];
  });
  return [lines, top + LINE * lines.length];
}

function pattern(lead, key, scale, tone) {
  const own = $("P-" + key), ink = tone("--" + key + "-ink") || "#fff";
  const drawn = own.querySelector("path").getAttribute("d"), solid = drawn.endsWith("z");
  return s("pattern", { id: lead + key, width: 60, height: 60, patternUnits: "userSpaceOnUse", patternTransform: "scale(" + scale + ")" },
    s("rect", { width: 60, height: 60, fill: tone("--" + key) }),
    s("path", { d: drawn, fill: solid ? ink : "none", stroke: solid ? "none" : ink, "stroke-width": 14 }));
}

// The colours of paper, whichever the page has.
function light() {
  const root = document.documentElement, own = root.dataset.theme;
  root.dataset.theme = "light";
  const found = getComputedStyle(root), tones = {};
  for (const name of ["paper", "ink", "land", "rule", "on-yes", "on-carried", ...D.signs.flatMap(([key]) => [key, key + "-ink"])]) {
    tones["--" + name] = found.getPropertyValue("--" + name).trim();
  }
  if (own) root.dataset.theme = own;
  else delete root.dataset.theme;
  return (name) => tones[name] || "";
}

// The picture in points, twice as many as on a screen.
async function painted(svg) {
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  await image.decode();
  const canvas = h("canvas", { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
