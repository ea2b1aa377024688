// @ts-check
/** Elements are made here, of texts and never of markup: what people write stays text. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Object<string, any>} [options] - `class`, `text`, `on`, else attributes
 * @param {...(Node | null | false)} children
 * @returns {HTMLElement}
 */
function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "on") for (const [what, act] of Object.entries(value)) element.addEventListener(what, act);
    else if (name === "value") /** @type {HTMLInputElement} */ (element).value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * @param {string} tag
 * @param {Object<string, string | number>} [attributes]
 * @param {...Element} children
 */
function paint(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Icons are drawn, not fetched: nothing is loaded from outside. */
const ICONS = {
  undo: "M7 5 3 9l4 4M3 9h8a5 5 0 0 1 0 10H7",
  redo: "m13 5 4 4-4 4m4-4H9a5 5 0 0 0 0 10h4",
  add: "M10 4v12M4 10h12",
  closer: "M8.500 3a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11M12.500 12.500 17 17M6 8.500h5M8.500 6v5",
  further: "M8.500 3a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11M12.500 12.500 17 17M6 8.500h5",
  chain: "M8 12a3 3 0 0 1 0-4l2-2a3 3 0 0 1 4 4l-1 1M12 8a3 3 0 0 1 0 4l-2 2a3 3 0 0 1-4-4l1-1",
  rest: "M4 10h.1M10 10h.1M16 10h.1",
  whole: "M3 6v8M17 6v8M5 10h10M7 7l-3 3 3 3m6-6 3 3-3 3",
  today: "M4 5h12v11H4zM4 8h12M7 3v3m6-3v3m-3 5v2",
  columns: "M3 4h14v12H3zM8 4v12m4.500-12v12",
  help: "M7.200 7.300a2.800 2.800 0 1 1 4 2.700c-.8.5-1.200 1-1.200 2m0 2.600v.4M10 1.800a8.200 8.200 0 1 1 0 16.400 8.200 8.200 0 0 1 0-16.400",
  up: "M10 16V4M5 9l5-5 5 5",
  down: "M10 4v12m-5-5 5 5 5-5",
  into: "M3 5v10M7 10h10m-4-4 4 4-4 4",
  out: "M17 5v10M13 10H3m4-4-4 4 4 4",
  link: "M3 5h6v4H3zM11 12h6v4h-6zM9 7h5v5",
  name: "M3 17l1-4L14 3l3 3L7 16zM12 5l3 3",
  percent: "M3 8h14v5H3zM3 10.500h7",
  details: "M4 4h12v12H4zM11 4v12",
  remove: "M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11",
  free: "M4 14 9 9m2-2 5-5M3 17l1-3m12-8-1 3M6 4l3 3m2 6 3 3",
  close: "M5 5l10 10M15 5 5 15",
  more: "M6 8l4 4 4-4",
};

/** @param {keyof typeof ICONS} name */
function icon(name) {
  return paint(
    "svg",
    { viewBox: "0 0 20 20", "aria-hidden": "true", class: "icon" },
    paint("path", { d: ICONS[name] }),
  );
}

/**
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {() => void} act
 * @param {{words?: string, part?: string}} [options] - `words` to be read on it
 */
function button(name, label, act, { words = "", part = name } = {}) {
  const face = make("button", {
    type: "button",
    class: words ? "worded" : "bare",
    title: words && words === label ? null : label,
    "aria-label": label,
    "data-act": part,
    on: { click: act },
  });
  face.append(icon(name));
  if (words) face.append(make("span", { text: words }));
  return /** @type {HTMLButtonElement} */ (face);
}

/**
 * How what is scrolled to is gone to: at once by who wants no motion.
 * @returns {"auto" | "smooth"}
 */
function calmly() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/**
 * Put values into the places of a text: "{n} changes wait".
 * @param {string} text
 * @param {Object<string, string | number>} values
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

/**
 * Give what is under a pointer's event and carries a name of ours.
 * @param {Event} event
 * @returns {HTMLElement | null}
 */
function partOf(event) {
  const target = /** @type {Element} */ (event.composedPath()[0]);
  return target instanceof Element ? target.closest("[data-part]") : null;
}
