"use strict";
// Elements, and what stands in the page already. Nothing here makes HTML out of words.

const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

// What Python has worked out: see `Answers.encoded` in answers.py.
const D = JSON.parse($("Data").textContent);

function filled(element, attributes, content) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(key, value);
  }
  element.append(...content.flat(Infinity).filter((part) => part !== null && part !== ""));
  return element;
}
const h = (tag, attributes, ...content) =>
  filled(document.createElement(tag), attributes, content);
const s = (tag, attributes, ...content) =>
  filled(document.createElementNS(SVG, tag), attributes, content);

const between = (parts, sign) => parts.flatMap((part, i) => (i ? [sign, part] : [part]));
const plural = (count, one, more) => count + " " + (count === 1 ? one : more);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Dates and references, which no line may break.
const WHOLE = /\d{4}-\d\d(?:-\d\d)?|\b[a-z]+-\d{4}\/[a-z]+(?:-[a-z]+)*-\d+/g;
function unbroken(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (/[a-z0-9]-\d/.test(node.data) && !node.parentNode.closest(".d, svg, a[href^=http]")) found.push(node);
  }
  for (const node of found) {
    const parts = node.data.split(WHOLE), whole = node.data.match(WHOLE) || [];
    node.replaceWith(...parts.flatMap((part, i) => (i < whole.length
      ? [part, h("span", { class: "d" }, whole[i])] : [part])));
  }
}

// Pages and claims -----------------------------------------------------------------------

const pages = all(".page");
const textOf = (element) => (element ? element.textContent : "");
const title = (page) => page.querySelector("h1").textContent;
const names = new Map(pages.map((page) => [page.id, title(page)]));
const nameOf = (id) => names.get(id) || id;

// In the order in which Python has numbered them.
const claims = all(".claims tr[id]");
const sourceOf = (claim) => claim.cells[2].querySelector("a");

const address = (id) => "#" + encodeURI(id).replace(/#/g, "%23");
const target = (link) => decoded(link.hash.slice(1));
