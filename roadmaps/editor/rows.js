// @ts-check
/** One row: number and name on the left, who and float if there is room, its bar. */

/**
 * Draw a row into its element; a name that is being typed stays as it is.
 * @param {Editor} editor
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {number} place
 */
function fillRow(editor, element, row, place) {
  const shown = /** @type {Shown} */ (editor.shown);
  const info = shown.info(row.id);
  element.style.top = `${place * editor.sheet.rowHeight}px`;
  describe(editor, element, row, info, place);
  const isNamed = editor.naming?.task === row.id;
  const side = /** @type {HTMLElement} */ (element.querySelector(".side"));
  if (side && isNamed) {
    element.querySelector(".bars")?.replaceWith(barsOf(editor, row, info));
    return;
  }
  element.replaceChildren(sideOf(editor, row, info), barsOf(editor, row, info));
}

/**
 * Say of the row what a screen reader and the stylesheet need to know.
 * @param {Editor} editor
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {Info} info
 * @param {number} place
 */
function describe(editor, element, row, info, place) {
  const isStage = row.shape === "stage";
  const marks = {
    "aria-label": info.label || row.title,
    "aria-level": row.level + 1,
    "aria-rowindex": place + 2,
    "aria-selected": editor.selected === row.id,
    "aria-expanded": isStage ? !row.collapsed : null,
  };
  for (const [name, value] of Object.entries(marks)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
  const classes = {
    active: editor.active === row.id,
    selected: editor.selected === row.id,
    stage: isStage,
    critical: row.critical,
    linking: editor.linking?.from === row.id,
  };
  for (const [name, is] of Object.entries(classes)) element.classList.toggle(name, is);
}

/**
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 */
function sideOf(editor, row, info) {
  const title = editor.ghost(row.id)?.title ?? row.title;
  const fold = make("span", {
    class: `fold${row.collapsed ? " folded" : ""}`,
    "data-part": row.shape === "stage" ? "fold" : null,
    "aria-hidden": "true",
  });
  if (row.shape === "stage") fold.append(paint("svg", { viewBox: "0 0 10 10" }, paint("path", { d: "M2 3l3 4 3-4z" })));
  const number = make("span", { class: "number", "data-part": "number", text: String(row.number) });
  const words = make("span", { class: "title", "data-part": "title", text: title });
  const name = make("div", { class: "name", role: "gridcell", "data-part": "name" }, number, fold, words);
  name.style.setProperty("--level", String(row.level));
  for (const flag of flagsOf(editor, row, info)) name.append(flag);
  const float = row.critical && row.shape !== "stage" ? editor.words.critical : info.float;
  return make(
    "div",
    { class: "side" },
    name,
    make("div", { class: "who figure", role: "gridcell", "data-part": "name", text: info.who, title: info.who || null }),
    make("div", { class: `float figure${row.critical ? " critical" : ""}`, role: "gridcell", "data-part": "name", text: float }),
  );
}

/**
 * Signs beside a name: asked for too much, a missed deadline.
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 */
function flagsOf(editor, row, info) {
  const flags = [];
  const isLate = row.deadline !== undefined && row.end > row.deadline;
  if (isLate && info.deadline) flags.push(flag("late", info.deadline));
  if (info.asked) flags.push(flag("asked", info.asked));
  return flags;
}

/**
 * @param {string} kind
 * @param {string} words
 */
function flag(kind, words) {
  const d = kind === "late" ? "M2 3h8L6 10z" : "M6 1.500 11 10.500H1z";
  const sign = paint("svg", { viewBox: "0 0 12 12" }, paint("path", { d }));
  if (kind === "asked") sign.append(paint("path", { d: "M6 5v2.500m0 1v.6", class: "inner" }));
  const face = make("span", { class: `flag ${kind}`, role: "img", "aria-label": words, title: words });
  face.append(sign);
  return face;
}

/**
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 */
function barsOf(editor, row, info) {
  const cell = make("div", { class: "bars", role: "gridcell", "aria-label": `${info.when} ${info.length}`.trim() });
  cell.append(...drawBar(editor, row, info));
  return cell;
}
