// Where we are: the address, the page and date that it means, and what moves them.

let here = $("Home");

const isDated = (page) =>
  page.matches("#Home, #Overlap, #ByYear, .state") || known.has(page.id);

// The page, for the date -----------------------------------------------------------------

function draw() {
  drawDate();
  if (here.id === "Home") drawHome(here);
  else if (here.id === "Overlap") drawOverlap();
  else if (here.id === "Timeline") drawTimeline(here);
  else if (here.id === "ByYear") drawYear(here);
  else if (here.matches(".state")) drawState(here);
  else if (isDated(here)) drawRecord(here);
  if (here.matches(".state")) locate(here, [here.id]);
  else if (here.dataset.where) locate(here, here.dataset.where.split(" "));
  if (here.matches(".record, .state")) drawSources(here);
  const answer = outline();
  $("At").replaceChildren(when ? said(when) : LAST, answer && h("span", { class: "vh" }, ": " + answer));
  offerTools(here);
  unbroken(here);
  document.title = title(here) + (isDated(here) ? ", " + words() : "") + " \u00b7 RCP atlas";
}

// The answer in a few words, for those who hear that the date has moved.
function outline() {
  if (here.matches(".state")) {
    const labels = all(".now:not([hidden]) dt", here).map(textOf);
    return labels.filter((label) => /\d$/.test(label)).join(", ");
  }
  if (here.id === "ByYear") return textOf(here.querySelector("h2"));
  return when && hasMembers(here.id) ? headingOf(here.id) : "";
}

function drawDate() {
  const year = when ? when.slice(0, 4) : String(Number(END.slice(0, 4)) + 1);
  $("When").hidden = !isDated(here);
  $("Year").value = year;
  $("Year").setAttribute("aria-valuetext", when ? said(when) : LAST);
  $("Month").value = when ? when.slice(5) : "";
  // Neither goes with what is last known, and a year is shown as a whole.
  $("Month").hidden = !when || here.id === "ByYear";
  for (const option of $("Month").options) {
    option.disabled = Boolean(option.value) && (when ? year : END.slice(0, 4)) + "-" + option.value > END;
  }
  $("Back").disabled = year === $("Year").min;
  $("On").disabled = !when;
  $("Now").setAttribute("aria-pressed", String(!when));
  for (const a of all("nav a")) {
    const id = a.hash.slice(1).replace(/@.*/, "");
    if (decoded(id) === here.id) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
    if (["Home", "Overlap", "ByYear"].includes(id)) a.href = dated(id);
  }
}

// The address ----------------------------------------------------------------------------

// What an address leads to, its date, and of shared members whose they are:
// #bali-process@2013-05, #lima-2013/conclusion-5, #Overlap/igc/sacm@2013.
const PAIR = /^overlap\/([^/@]+)\/([^/@]+)/i;
function read(hash) {
  const text = decoded(hash.slice(1)), chosen = PAIR.exec(text)?.slice(1).map(idOf) || null;
  const id = text.replace(PAIR, "Overlap") || "Home", parts = /^(.+)@([^@]*)$/.exec(id);
  const whole = idOf(id), view = !whole && parts && idOf(parts[1]);
  return view ? { id: view, date: readDate(parts[2]), asked: parts[2], chosen }
    : { id: whole ?? id, date: null, chosen };
}

// The id that is meant, of views in capitals or small letters: #ken, #timeline.
function idOf(id) {
  const small = id.toLowerCase();
  return $(id) ? id : pages.find((page) => page.id.toLowerCase() === small)?.id;
}

function go(moved) {
  const { id, date, asked, chosen } = read(location.hash), found = $(id);
  when = date ?? null;
  pair = chosen;
  here = found?.closest(".page") || $("Found");
  $("Notice").hidden = date !== undefined;
  $("Notice").textContent = date === undefined ? unanswered(asked) : "";
  for (const page of pages) page.classList.toggle("on", page === here);
  if (here.id === "Found") drawFound(id.replace(/^search:/, ""), !id.startsWith("search:"));
  draw();
  for (const old of all(".target")) old.classList.remove("target");
  if (found && found !== here) show(found);
  else if (moved) start(here);
  if (pair) document.querySelector("#Matrix [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (history.state) scrollTo(0, history.state.y);
}

// Why there are no answers for a date.
function unanswered(asked) {
  const date = /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/.test(asked);
  const why = date && asked.slice(0, END.length) > END ? ", which lies after the data (" + said(END) + ")"
    : date && asked < D.span[0] ? ", which lies before " + D.span[0] : "";
  return "There are no answers for " + said(asked) + why + ". This is what is last known.";
}

function show(part) {
  const fold = part.closest("details");
  if (fold) fold.open = true;
  part.classList.add("target");
  offerCitation(part);
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: "center" });
}

function start(page) {
  page.tabIndex = -1;
  page.focus({ preventScroll: true });
  scrollTo(0, 0);
}

// Who comes back finds the place again from which a link was followed.
addEventListener("click", ({ target }) => {
  if (target.closest("main a[href^='#'], svg")) history.replaceState({ y: scrollY }, "");
}, true);

// What moves them ------------------------------------------------------------------------

function ask(date) {
  when = date;
  $("Notice").hidden = true;
  draw();
}
// Browsers refuse an address that changes with every step of a slider that is drawn.
const keep = () => history.replaceState(null, "", dated(here.id, ...(pair || [])));

// Years below the slider; at its right end stands what is last known.
const ticks = h("div", { class: "ticks", "aria-hidden": "true" });
const OLDEST = Number($("Year").min), NEWEST = Number($("Year").max);
for (let year = OLDEST; year <= NEWEST; year += year + 9 > NEWEST ? NEWEST - year || 1 : 5) {
  const tick = h("span", {}, year === NEWEST ? "last known" : String(year));
  tick.style.left = 100 * (year - OLDEST) / (NEWEST - OLDEST) + "%";
  ticks.append(tick);
}
$("Year").after(ticks);

let frame = 0;
$("Year").addEventListener("input", () => {
  const year = $("Year").value, month = when ? when.slice(4) : "";
  const date = year > END.slice(0, 4) ? null : readDate(year + month) || year;
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => ask(date));
});
$("Year").addEventListener("change", () => requestAnimationFrame(keep));
for (const [id, step] of [["Back", "stepDown"], ["On", "stepUp"]]) $(id).addEventListener("click", () => {
  $("Year")[step]();
  for (const event of ["input", "change"]) $("Year").dispatchEvent(new Event(event));
});
$("Month").addEventListener("change", () => {
  const month = $("Month").value;
  ask((when || END).slice(0, 4) + (month ? "-" + month : ""));
  keep();
});
$("Now").addEventListener("click", () => {
  ask(null);
  keep();
  // A phone has no button for what it shows.
  if (!$("Now").offsetParent) $("Year").focus({ preventScroll: true });
});

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  $("Main").focus();
  $("Main").scrollIntoView();
});

// "Who chairs Rabat?", "what happened in 2024": what is asked for stands at the end.
const QUESTION = /^(?:(?:who|what|which|when|is|are|was|were|did|does|do|happened|chairs?|members?|in|of|the)\s+)+|\?$/i;

// What is typed leads to: a name, a name and a date, two names whose shared members are meant.
function addressOf(query) {
  if (readDate(query)) return address("ByYear") + "@" + query;
  const only = (name) => (meaningOf(name).length === 1 ? meaningOf(name)[0] : null);
  const led = (id, date) => address(id) + (date && isDated($(id)) ? "@" + date : "");
  if (only(query)) return led(only(query), when);
  const asked = query.replace(QUESTION, "");
  if (asked !== query && asked) return addressOf(asked);
  const [, name, date] = /^(.+)\s(\d{4}(?:-\d\d)?)$/.exec(query) || [], words = query.split(/\s+/);
  if (name && readDate(date) && only(name)) return led(only(name), date);
  const pairs = words.map((_, i) => [words.slice(0, i), words.slice(i)].map((part) => only(part.join(" "))));
  const shared = pairs.find((ids) => ids.every((id) => id && hasMembers(id) && $(id).dataset.kind === "process"));
  return shared && dated("Overlap", ...shared);
}

const named = pages.filter((page) => page.matches(".record, .state"));
$("Names").append(...named.map(title).sort().map((name) => h("option", { value: name })));
$("Search").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = $("Query").value.trim();
  location.hash = addressOf(query) || "#search:" + encodeURIComponent(query);
});

const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
const offer = () => $("Theme").replaceChildren(dark() ? "Light" : "Dark", h("span", { class: "vh" }, " colours"));
$("Theme").addEventListener("click", () => {
  document.documentElement.dataset.theme = dark() ? "light" : "dark";
  offer();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", offer);
offer();

addEventListener("hashchange", () => go(true));
addEventListener("resize", () => hatchedMap());
go(false);
document.documentElement.dataset.ready = "yes";
