// @ts-check
/** What stands in the chart for one task: bar, bracket or diamond, its marks and its handles. */

const LEAST_BAR = 5; // [px]

/**
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 * @returns {HTMLElement[]}
 */
function drawBar(editor, row, info) {
  const ghost = editor.ghost(row.id);
  const at = { ...row, ...ghost };
  const parts = [agreedOf(editor, row), floatOf(editor, row, at, ghost), groupOf(editor, row, at, info)];
  parts.push(deadlineOf(editor, row, info), boundOf(editor, row, info));
  return /** @type {HTMLElement[]} */ (parts.filter(Boolean));
}

/**
 * The bar with all that moves along with it.
 * @param {Editor} editor
 * @param {Row} row
 * @param {Row & Ghost} at
 * @param {Info} info
 */
function groupOf(editor, row, at, info) {
  const { sheet } = editor;
  const isPoint = row.shape === "milestone";
  const wide = isPoint ? 0 : Math.max(sheet.x(at.end - at.start), LEAST_BAR);
  const kinds = ["group", row.shape === "bar" ? "work" : row.shape];
  if (row.critical) kinds.push("critical");
  if (editor.ghost(row.id)) kinds.push("pending");
  if (row.done >= 100) kinds.push("finished");
  if (wide < 26 && !isPoint) kinds.push("short");
  const group = make("div", { class: kinds.join(" "), "data-part": "bar", "data-task": row.id });
  group.style.left = `${sheet.left(at.start)}px`;
  group.style.width = `${wide}px`;
  const bar = make("div", { class: "bar" });
  const share = at.end > at.start ? clamp((at.doneEnd - at.start) / (at.end - at.start), 0, 1) : 0;
  if (!isPoint && share > 0) {
    const done = make("div", { class: "done" });
    done.style.width = `${share * 100}%`;
    bar.append(done);
  }
  group.append(bar);
  if (editor.mayEdit) group.append(...handlesOf(row, share));
  if (row.placed) group.append(make("div", { class: "hand", title: editor.words.placed }));
  group.append(besideOf(editor, row, info));
  return group;
}

/**
 * @param {Row} row
 * @param {number} share - of it that is done
 */
function handlesOf(row, share) {
  const handles = [
    make("div", { class: "dot first", "data-part": "dot", "data-end": "s" }),
    make("div", { class: "dot last", "data-part": "dot", "data-end": "f" }),
  ];
  if (row.shape === "stage") return handles;
  handles.push(make("div", { class: "stretch", "data-part": "stretch" }));
  if (row.shape === "bar") {
    const knob = make("div", { class: "knob", "data-part": "progress" });
    knob.style.left = `${share * 100}%`;
    handles.push(knob);
  }
  return handles;
}

/**
 * Who does it, beside the bar; and the sign of who is asked for too much.
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 */
function besideOf(editor, row, info) {
  const { sheet } = editor;
  const wide = info.who.length * LETTER + 40;
  const isBefore = editor.lens.isWhole && sheet.left(row.end) + wide > sheet.room && sheet.left(row.start) > wide;
  const beside = make("div", { class: `beside${isBefore ? " before" : ""}`, "aria-hidden": "true" });
  if (info.asked) beside.append(flag("asked", info.asked));
  if (info.who) beside.append(make("span", { text: info.who }));
  return beside;
}

/**
 * How much later it may end without moving the end of the plan.
 * @param {Editor} editor
 * @param {Row} row
 * @param {Row & Ghost} at
 * @param {Ghost | undefined} ghost
 */
function floatOf(editor, row, at, ghost) {
  if (row.shape === "stage" || ghost || row.floatEnd <= at.end || row.done >= 100) return null;
  const line = make("div", { class: "slack" });
  line.style.left = `${editor.sheet.left(at.end)}px`;
  line.style.width = `${editor.sheet.x(row.floatEnd - at.end)}px`;
  return line;
}

/**
 * @param {Editor} editor
 * @param {Row} row
 */
function agreedOf(editor, row) {
  if (!row.agreed) return null;
  const [start, end] = row.agreed;
  const line = make("div", { class: `agreed${start === end ? " point" : ""}` });
  line.style.left = `${editor.sheet.left(start)}px`;
  line.style.width = `${Math.max(editor.sheet.x(end - start), 3)}px`;
  return line;
}

/**
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 */
function deadlineOf(editor, row, info) {
  if (row.deadline === undefined) return null;
  const isMissed = row.end > row.deadline;
  return markAt(editor, row.deadline, `deadline${isMissed ? " missed" : ""}`, "M1 1h10L6 9z", info.deadline);
}

/**
 * A bracket at the date that binds: open to where the task may still go.
 * @param {Editor} editor
 * @param {Row} row
 * @param {Info} info
 */
function boundOf(editor, row, info) {
  if (!row.bound) return null;
  const { kind } = row.bound;
  const d = kind.endsWith("nlt") ? "M3 1h4v10H3" : kind.startsWith("m") ? "M6 1v10M3 6h6" : "M9 1H5v10h4";
  return markAt(editor, row.bound.x, "bound", d, info.bound);
}

/**
 * @param {Editor} editor
 * @param {number} days
 * @param {string} kind
 * @param {string} d
 * @param {string | undefined} words
 */
function markAt(editor, days, kind, d, words) {
  const sign = make("div", { class: `sign ${kind}`, title: words ?? null });
  sign.append(paint("svg", { viewBox: "0 0 12 12" }, paint("path", { d })));
  sign.style.left = `${editor.sheet.left(days)}px`;
  return sign;
}
