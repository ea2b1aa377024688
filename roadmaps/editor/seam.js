// @ts-check
/** The border of the names: dragged, it gives them more room or less; the browser remembers. */

const KEPT = "casework.plan-names"; // [px], apart for phones
const LEAST_NAMES = 96; // [px]
const KEY_STEP = 16; // [px]

class Seam {
  /**
   * @param {Editor} editor
   * @param {Sheet} sheet
   */
  constructor(editor, sheet) {
    this.editor = editor;
    this.sheet = sheet;
    this.name = 0; // [px] of the names now
    this.taken = /** @type {{x: number, name: number} | null} */ (null);
    const label = editor.words.nameWidth;
    const marks = { role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": label, title: label };
    this.element = make("div", { class: "seam", ...marks });
    this.element.addEventListener("pointerdown", (event) => this.take(event));
    this.element.addEventListener("pointermove", (event) => this.taken && this.put(this.taken.name + event.clientX - this.taken.x));
    for (const over of ["pointerup", "pointercancel"]) this.element.addEventListener(over, () => (this.taken = null));
    this.element.addEventListener("dblclick", () => this.put(null));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {PointerEvent} event */
  take(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.taken = { x: event.clientX, name: this.name };
    this.element.setPointerCapture(event.pointerId);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.put(this.name + by);
  }

  /** @param {number} wide - of the sheet */
  place(wide) {
    return `${KEPT}${wide < NARROW ? ".narrow" : ""}`;
  }

  /** @param {number} wide - of the sheet */
  most(wide) {
    return Math.round(wide * 0.6);
  }

  /**
   * What a person has chosen for a sheet so wide; null: nothing yet.
   * @param {number} wide
   * @returns {number | null}
   */
  wide(wide) {
    const kept = Number(recall(this.place(wide)));
    return kept ? clamp(kept, LEAST_NAMES, this.most(wide)) : null;
  }

  /** @param {number | null} name - null: as it was at first */
  put(name) {
    const wide = this.sheet.scroll.clientWidth;
    const kept = name === null ? null : clamp(Math.round(name), LEAST_NAMES, this.most(wide));
    remember(this.place(wide), kept === null ? null : String(kept));
    this.sheet.share(wide);
  }

  /**
   * @param {number} name - [px] of the names
   * @param {number} wide - [px] of the sheet
   */
  placed(name, wide) {
    this.name = name;
    const marks = { "aria-valuenow": name, "aria-valuemin": LEAST_NAMES, "aria-valuemax": this.most(wide) };
    for (const [mark, value] of Object.entries(marks)) this.element.setAttribute(mark, String(value));
  }
}

/**
 * Some browsers forbid a page to remember anything: then it does not.
 * @param {string} name
 */
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string | null} value
 */
function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // it is wide as before next time
  }
}
