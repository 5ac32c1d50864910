// Maps: the shapes are in the page; here they get the signs of the answers for the date.

const [WIDTH, HEIGHT] = D.world;
const WORLD = "0 0 " + WIDTH + " " + HEIGHT;

// The State that a part of a map stands for.
const codeOf = (use) => use.getAttribute("href")?.match(/^#[ms]-(...)$/)?.[1];

// Small maps show land as one shape: quicker than two hundred in each of them.
const land = all("#Areas path:not(.ring, .dot)").map((path) => path.getAttribute("d")).join("");
$("Areas").after(s("path", { id: "Land", d: land }));
for (const use of all(".mini .land")) use.setAttribute("href", "#Land");

const usesOf = new Map();
function uses(svg) {
  if (!usesOf.has(svg)) usesOf.set(svg, all("use:not(.land)", svg).map((use) => [codeOf(use), use]));
  return usesOf.get(svg);
}

function coloured(svg, answers) {
  for (const [code, use] of uses(svg)) {
    const now = answers.has(code) ? sign(answers.get(code)) : "land";
    if (use.getAttribute("class") !== now) use.setAttribute("class", now);
  }
}

// Patterns of the same size on the screen, however large a part of the world a map shows.
function hatched(svg, width = svg.clientWidth || 700, across = svg.viewBox.baseVal.width) {
  const scale = (across / width) * (8 / 60);
  for (const pattern of all(".defs pattern")) {
    pattern.setAttribute("patternTransform", "scale(" + scale.toFixed(3) + ")");
  }
}

// The State that is pointed at; on land, which is drawn as one, by the shapes.
const pen = document.createElement("canvas").getContext("2d");
const shapesOf = new Map();
function pointedAt(svg, { target, clientX, clientY }) {
  if (codeOf(target) || !target.matches(".land")) return codeOf(target);
  if (!shapesOf.size) for (const path of all("#Areas [id^=s-]")) {
    shapesOf.set(path.id.slice(2), new Path2D(path.getAttribute("d")));
  }
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  const inside = ([, shape]) => pen.isPointInPath(shape, x % WIDTH, y, "evenodd");
  return [...shapesOf].find(inside)?.[0];
}

function wordsFor(id, code) {
  const answer = answersOf(id).get(code);
  return nameOf(code) + ": " + (answer ? kind(answer) + ", " + why(answer) : "not named");
}

// The map of a record --------------------------------------------------------------------

function drawMap(page, answers) {
  const svg = page.querySelector(".map");
  if (!svg.dataset.ready) prepared(page, svg);
  coloured(svg, answers);
  for (const code of all(".codes text", svg)) {
    code.dataset.sign = sign(answers.get(code.dataset.of || code.textContent));
  }
  hatched(svg);
}

// With words for what is pointed at, links, and a way to the whole world.
function prepared(page, svg) {
  svg.dataset.ready = "yes";
  const pointed = h("p", { class: "hover", "aria-hidden": "true" });
  svg.after(pointed);
  svg.addEventListener("pointermove", (event) => {
    const code = pointedAt(svg, event);
    pointed.textContent = code ? wordsFor(page.id, code) : "";
  });
  svg.addEventListener("click", (event) => {
    const code = pointedAt(svg, event);
    if (code) location.hash = dated(code);
  });
  const frame = svg.getAttribute("viewBox");
  if (frame === WORLD) return;
  const zoom = h("button", { type: "button", class: "zoom", "aria-pressed": "false" });
  zoom.append("The whole world");
  zoom.addEventListener("click", () => {
    const whole = zoom.getAttribute("aria-pressed") === "false";
    zoom.setAttribute("aria-pressed", String(whole));
    svg.setAttribute("viewBox", whole ? WORLD : frame);
    svg.classList.toggle("whole", whole);
    hatched(svg);
  });
  pointed.after(zoom);
}

// Where a State is, or where a meeting was held --------------------------------------------

const AROUND = 600, NARROWEST = 2600;

function locate(page, codes) {
  if (page.querySelector(".locator")) return;
  const shapes = codes.map((code) => $("m-" + code) || $("s-" + code)).filter(Boolean);
  if (!shapes.length) return;
  const marks = shapes.map(({ id }) => s("use", { href: "#" + id, class: "yes" }));
  const label = "Map: " + codes.map(nameOf).join(", ");
  const svg = s(
    "svg", { class: "map locator", viewBox: WORLD, role: "img", "aria-label": label },
    s("use", { href: "#Areas", class: "land" }), marks,
  );
  (page.querySelector(":scope > .full") || page.querySelector("h1")).after(svg);
  svg.setAttribute("viewBox", around(marks.map((mark) => mark.getBBox())).join(" "));
}

// The part of the world around some boxes.
function around(boxes) {
  const within = (start, length, most) => Math.max(Math.min(start, most - length), 0);
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const width = Math.min(WIDTH, Math.max(NARROWEST, right - left + 2 * AROUND));
  const height = Math.min(HEIGHT, width * 0.6);
  const x = within((left + right - width) / 2, width, WIDTH);
  const y = within((top + bottom - height) / 2, height, HEIGHT);
  return [x, y, width, height].map(Math.round);
}
