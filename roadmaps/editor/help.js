// @ts-check
/** The help: by mouse or finger first, then what the signs mean, then keys. */

/** @param {Words} words */
function helpOf(words) {
  const isFinger = matchMedia("(pointer: coarse)").matches;
  return words.help.map((/** @type {Help} */ { title, kind, rows }) => {
    const list = make("dl", { class: kind }, ...rows.flatMap((row) => helpRow(kind, row)));
    if (kind !== "keys") return make("section", {}, make("h3", { text: title }), list);
    return make("details", { open: !isFinger }, make("summary", { text: title }), list);
  });
}

/** @typedef {{title: string, kind: "hands" | "signs" | "keys", rows: string[][]}} Help */

/**
 * @param {Help["kind"]} kind
 * @param {string[]} row
 */
function helpRow(kind, row) {
  if (kind !== "signs") return [make("dt", { text: row[0] }), make("dd", { text: row[1] })];
  const [sign, how, what] = row;
  return [make("dt", {}, sampleOf(sign), make("span", { class: "unseen", text: how })), make("dd", { text: what })];
}

/**
 * A little of the chart itself, so that its colours and patterns are the real ones.
 * @param {string} sign
 */
function sampleOf(sign) {
  const room = make("span", { class: `sample of-${sign}`, "aria-hidden": "true" });
  if (sign === "asked" || sign === "late") room.append(flag(sign, ""));
  else if (sign === "deadline" || sign === "bound") room.append(sampleSign(sign));
  else if (sign !== "today") room.append(...sampleBars(sign));
  return room;
}

/** @param {string} sign */
function sampleSign(sign) {
  const face = make("div", { class: `sign ${sign}` });
  face.append(paint("svg", { viewBox: "0 0 12 12" }, paint("path", { d: sign === "bound" ? "M9 1H5v10h4" : "M1 1h10L6 9z" })));
  return face;
}

/** @param {string} sign */
function sampleBars(sign) {
  const shape = sign === "stage" || sign === "milestone" ? sign : "work";
  const group = make("div", { class: `group ${shape}${sign === "critical" ? " critical" : ""}` }, make("div", { class: "bar" }));
  if (sign === "done") group.firstElementChild?.append(make("div", { class: "done" }));
  if (sign === "hand") group.append(make("div", { class: "hand" }));
  const beside = { float: "slack", agreed: "agreed" }[sign];
  return beside ? [group, make("div", { class: beside })] : [group];
}
