// @ts-check
/** What dragging does, one class for each: begin, move with the pointer, drop or undo. */

class Gesture {
  /** @type {Row | undefined} */
  row = undefined; // whose it is
  isOnSheet = true; // what it holds lies on the sheet and scrolls with it
  sideways = 1;
  upwards = 0;

  /** @param {Hands} hands */
  constructor(hands) {
    this.hands = hands;
    this.editor = hands.editor;
    this.sheet = hands.editor.sheet;
  }

  get shown() {
    return /** @type {Shown} */ (this.editor.shown);
  }

  begin() {}

  /**
   * @param {number} _right - [px] since it was taken
   * @param {number} _down
   * @param {PointerEvent} _event
   */
  move(_right, _down, _event) {}

  /** It is over, either way. */
  end() {}

  drop() {}

  /** What was held goes back. */
  undo() {}

  /**
   * @param {number} id
   * @returns {HTMLElement | null}
   */
  group(id) {
    return this.sheet.rows.get(id)?.querySelector(".group") ?? null;
  }
}

/** Drag the empty ground. */
class Pan extends Gesture {
  isOnSheet = false;
  left = 0;
  top = 0;

  begin() {
    this.left = this.sheet.scroll.scrollLeft;
    this.top = this.sheet.scroll.scrollTop;
  }

  /**
   * @param {number} right
   * @param {number} down
   */
  move(right, down) {
    this.sheet.scroll.scrollTo(this.left - right, this.top - down);
  }
}

/** Drag a bar, a diamond, or a stage with all its parts. */
class MoveBar extends Gesture {
  days = 0;

  /**
   * @param {Hands} hands
   * @param {Row} row
   */
  constructor(hands, row) {
    super(hands);
    this.row = row;
  }

  begin() {
    const ids = [this.row.id, ...(this.row.shape === "stage" ? this.shown.inside(this.row.id) : [])];
    this.ids = ids;
    this.rows = ids.map((id) => this.hands.heldRow(id)); // as taken: an answer may come meanwhile
    for (const id of ids) this.group(id)?.classList.add("held");
  }

  /** @param {number} right */
  move(right) {
    this.days = this.editor.lens.snap(right / this.sheet.dayWidth, this.shown.inDays);
    for (const id of this.ids ?? []) {
      const group = this.group(id);
      if (group) group.style.transform = `translateX(${right}px)`;
    }
    const { from, to } = this.row;
    const [first, last] = [from, to].map((at) => this.editor.dates.say(this.shown.moved(at, this.days)));
    this.hands.say(first === last ? first : `${first} – ${last}`);
  }

  end() {
    for (const id of this.ids ?? []) {
      const group = this.group(id);
      group?.classList.remove("held");
      if (group) group.style.transform = "";
    }
  }

  drop() {
    if (!this.days) return;
    const { days } = this;
    /** @type {[number, Ghost][]} */
    const ghosts = [];
    for (const row of this.rows ?? []) {
      if (row) ghosts.push([row.id, { start: row.start + days, end: row.end + days, doneEnd: row.doneEnd + days }]);
    }
    const at = this.shown.moved(this.row.from, days);
    this.editor.act([{ do: "move", task: this.row.id, at }], new Map(ghosts));
  }
}

/** Drag the right edge of a bar. */
class StretchBar extends Gesture {
  /**
   * @param {Hands} hands
   * @param {Row} row
   */
  constructor(hands, row) {
    super(hands);
    this.row = row;
    this.whole = row.end;
  }

  begin() {
    this.group(this.row.id)?.classList.add("held");
  }

  /** @param {number} right */
  move(right) {
    const { row } = this;
    const least = row.start + (this.shown.inDays ? 1 : 1 / 24);
    const wanted = row.end + right / this.sheet.dayWidth;
    this.whole = Math.max(row.end + this.editor.lens.snap(wanted - row.end, this.shown.inDays), least);
    const group = this.group(row.id);
    if (group) group.style.width = `${Math.max(this.sheet.x(wanted - row.start), 3)}px`;
    this.hands.say(this.words());
  }

  get until() {
    const { row, shown } = this;
    return shown.inDays ? shown.dayAt(this.whole - 1) : shown.moved(row.to, this.whole - row.end);
  }

  words() {
    const { words, dates } = this.editor;
    const told = fill(words.until, { day: dates.say(this.until) });
    if (!this.shown.inDays || !this.shown.layout.shades.length) return told;
    const days = this.shown.daysBetween(this.row.start, this.whole);
    return `${told} · ${fill(words.daysShort, { n: days })}`;
  }

  end() {
    this.sheet.refresh(this.row.id);
  }

  drop() {
    if (this.whole === this.row.end) return;
    const ghost = { end: this.whole };
    this.editor.act([{ do: "stretch", task: this.row.id, until: this.until }], new Map([[this.row.id, ghost]]));
  }
}

/** Drag the knob below a bar: how much of it is done. */
class SetDone extends Gesture {
  /**
   * @param {Hands} hands
   * @param {Row} row
   */
  constructor(hands, row) {
    super(hands);
    this.row = row;
    this.percent = row.done;
  }

  begin() {
    this.group(this.row.id)?.classList.add("held");
  }

  /**
   * @param {number} right
   * @param {number} _down
   * @param {PointerEvent} event
   */
  move(right, _down, event) {
    const { row } = this;
    const step = event.altKey ? 1 : 5;
    const share = (this.sheet.x(row.doneEnd - row.start) + right) / this.sheet.x(row.end - row.start);
    this.percent = clamp(Math.round((share * 100) / step) * step, 0, 100);
    const group = this.group(row.id);
    const knob = /** @type {HTMLElement} */ (group?.querySelector(".knob"));
    if (knob) knob.style.left = `${this.percent}%`;
    this.hands.say(fill(this.editor.words.percent, { n: this.percent }));
  }

  drop() {
    if (this.percent === this.row.done) return;
    this.editor.setDone(this.row.id, this.percent);
  }

  end() {
    this.sheet.refresh(this.row.id);
  }
}

/** Drag from either end of a bar to either end of another. */
class DrawLink extends Gesture {
  upwards = 1;

  /**
   * @param {Hands} hands
   * @param {Row} row
   * @param {"s" | "f"} end
   */
  constructor(hands, row, end) {
    super(hands);
    this.row = row;
    this.from = end;
    this.target = /** @type {{id: number, end: "s" | "f"} | null} */ (null);
  }

  begin() {
    this.editor.frame.classList.add("drawing");
  }

  /**
   * @param {number} _right
   * @param {number} _down
   * @param {PointerEvent} event
   */
  move(_right, _down, event) {
    this.mark(this.find(event));
    const place = this.shown.places.get(this.row.id) ?? 0;
    const x = this.sheet.x(this.from === "s" ? this.row.start : this.row.end);
    const y = (place + 0.43) * this.sheet.rowHeight;
    const box = this.sheet.svg.getBoundingClientRect();
    this.sheet.ground.drawDraft([[x, y], [event.clientX - box.left, event.clientY - box.top]]);
    const { words } = this.editor;
    const other = this.target && this.shown.row(this.target.id);
    const told = other && fill(words.kindOf, { kind: words.letters[this.kind], task: other.title, words: words.kinds[this.kind] });
    this.hands.say(told || words.dropOnTask, !other);
  }

  get kind() {
    return /** @type {Kind} */ (`${this.from}${this.target?.end ?? "s"}`);
  }

  /**
   * Take the bar under the pointer, or that of the row. Whoever lets go on a bar means that it
   * comes after; its end is meant by letting go there, and can be missed by no finger.
   * @param {PointerEvent} event
   * @returns {{id: number, end: "s" | "f"} | null}
   */
  find(event) {
    const row = this.shown.rows[this.sheet.placeAt(event.clientY)];
    if (!row || row.id === this.row.id) return null;
    const at = this.sheet.daysAt(event.clientX);
    const reach = 40 / this.sheet.dayWidth;
    if (at < row.start - reach || at > row.end + reach) return null;
    const tip = Math.min(14 / this.sheet.dayWidth, (row.end - row.start) / 3);
    return { id: row.id, end: at > row.end - tip && row.shape !== "milestone" ? "f" : "s" };
  }

  /** @param {{id: number, end: "s" | "f"} | null} target */
  mark(target) {
    if (this.target) this.group(this.target.id)?.classList.remove("target", "at-s", "at-f");
    this.target = target;
    if (target) this.group(target.id)?.classList.add("target", `at-${target.end}`);
  }

  end() {
    if (this.target) this.group(this.target.id)?.classList.remove("target", "at-s", "at-f");
    this.editor.frame.classList.remove("drawing");
    this.sheet.ground.drawDraft(null);
  }

  drop() {
    if (this.target) this.editor.link(this.row.id, this.target.id, this.kind);
  }
}

/** Drag a row by its number: above, below or inside of another. */
class MoveRow extends Gesture {
  sideways = 0;
  upwards = 1;

  /**
   * @param {Hands} hands
   * @param {Row} row
   */
  constructor(hands, row) {
    super(hands);
    this.row = row;
    this.target = /** @type {{id: number, where: "above" | "below" | "inside"} | null} */ (null);
    this.line = make("div", { class: "drop", hidden: true });
  }

  begin() {
    this.own = this.shown.inside(this.row.id).add(this.row.id);
    for (const id of this.own) this.sheet.rows.get(id)?.classList.add("lifted");
    this.sheet.inner.append(this.line);
  }

  /**
   * @param {number} _right
   * @param {number} _down
   * @param {PointerEvent} event
   */
  move(_right, _down, event) {
    this.target = this.find(event);
    this.line.hidden = !this.target;
    const { words } = this.editor;
    const other = this.target && this.shown.row(this.target.id);
    if (this.target && other) this.draw(this.target.where, other);
    const where = this.target && other ? fill(words.where[this.target.where], { task: other.title }) : words.dropOnRow;
    this.hands.say(where, !other);
  }

  /**
   * @param {"above" | "below" | "inside"} where
   * @param {Row} other
   */
  draw(where, other) {
    const place = this.shown.places.get(other.id) ?? 0;
    const height = this.sheet.rowHeight;
    this.line.className = `drop ${where}`;
    this.line.style.top = `${AXIS + (place + (where === "below" ? 1 : 0)) * height}px`;
    this.line.style.setProperty("--level", String(other.level));
  }

  /**
   * @param {PointerEvent} event
   * @returns {{id: number, where: "above" | "below" | "inside"} | null}
   */
  find(event) {
    const place = this.sheet.placeAt(event.clientY);
    const row = this.shown.rows[place];
    if (!row || this.own?.has(row.id)) return null;
    const top = this.sheet.scroll.getBoundingClientRect().top + AXIS - this.sheet.scroll.scrollTop;
    const share = (event.clientY - top) / this.sheet.rowHeight - place;
    const next = this.shown.rows[place + 1];
    const isOpen = next !== undefined && next.parent === row.id && !this.own?.has(next.id);
    if (share > 0.7 && isOpen) return { id: next.id, where: "above" }; // its first part
    return { id: row.id, where: share < 0.3 ? "above" : share > 0.7 ? "below" : "inside" };
  }

  end() {
    for (const id of this.own ?? []) this.sheet.rows.get(id)?.classList.remove("lifted");
    this.line.remove();
  }

  drop() {
    if (!this.target) return;
    const { id, where } = this.target;
    this.editor.act([{ do: "row", task: this.row.id, beside: id, where }]);
  }
}
