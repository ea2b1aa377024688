// @ts-check
/**
 * Everything by keys. The chart is one stop of Tab; one of its rows is active. Letters are taken
 * by their place on the keyboard, so that a Russian layout has them too.
 */

const SUM = 250; // [ms] within which pressings of an arrow become one act
/** @type {Map<number, Ghost>} */
const NOWHERE = new Map();
const KINDS = /** @type {Kind[]} */ (["fs", "ss", "ff", "sf"]);

class Keys {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {{task: number, do: "move" | "stretch", by: number, rows: Row[], ghosts: Map<number, Ghost>} | null} */
    this.nudge = null; // `rows`: where its bars stood, earlier nudges on their way counted in
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    editor.grid.addEventListener("keydown", (event) => this.pressed(event));
    editor.grid.addEventListener("blur", () => this.flush());
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.isComposing || !this.editor.shown || event.target !== this.editor.grid) return;
    const act = this.editor.linking ? this.linking(event) ?? this.find(event) : this.find(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {(() => void) | null}
   */
  find(event) {
    if (event.ctrlKey || event.metaKey) return event.altKey ? null : this.withControl(event);
    const direction = ARROWS[event.key];
    if (direction && event.altKey) return this.editing(() => this.shift(direction));
    if (event.altKey) return null;
    if (direction && event.shiftKey) return this.stretching(direction);
    return this.plain(event) ?? this.letter(event);
  }

  /** @param {KeyboardEvent} event */
  withControl(event) {
    const { editor } = this;
    if (event.code === "KeyZ") return () => editor.back(event.shiftKey ? "redo" : "undo");
    if (event.code === "KeyY") return () => editor.back("redo");
    if (event.key === "ArrowLeft") return () => editor.fold(editor.active, true);
    if (event.key === "ArrowRight") return () => editor.fold(editor.active, false);
    if (event.key === "Home") return () => editor.goBy(-Infinity);
    if (event.key === "End") return () => editor.goBy(Infinity);
    return null;
  }

  /** @param {KeyboardEvent} event */
  plain(event) {
    const { editor } = this;
    const page = Math.max(1, Math.floor(editor.sheet.scroll.clientHeight / editor.sheet.rowHeight) - 2);
    /** @type {Object<string, () => void>} */
    const acts = {
      ArrowUp: () => this.go(-1),
      ArrowDown: () => this.go(1),
      Home: () => this.go(-Infinity),
      End: () => this.go(Infinity),
      PageUp: () => this.go(-page),
      PageDown: () => this.go(page),
      Enter: () => editor.mayEdit ? editor.name(editor.active) : editor.open(),
      " ": () => editor.open(),
      Escape: () => editor.escape(),
      "?": () => editor.dialogs.help(),
      "+": () => editor.zoom(STEP),
      "=": () => editor.zoom(STEP),
      "-": () => editor.zoom(1 / STEP),
      0: () => editor.whole(),
    };
    if (event.key === "ArrowLeft") return this.moving(-1);
    if (event.key === "ArrowRight") return this.moving(1);
    if (event.key === "Delete" || event.key === "Backspace") return this.editing((row) => editor.dialogs.remove(row));
    if (event.code === "Slash" && event.shiftKey) return acts["?"];
    return acts[event.key] ?? null;
  }

  /** @param {KeyboardEvent} event */
  letter(event) {
    const { editor } = this;
    if (event.shiftKey) return null;
    switch (event.code) {
      case "KeyL":
        return this.editing((row) => editor.startLink(row.id));
      case "KeyU":
        return this.withRow((row) => editor.dialogs.links(row));
      case "KeyP":
        return this.editing((row) => editor.askDone(row));
      case "KeyN":
        return editor.mayEdit ? () => this.first(() => editor.dialogs.add(editor.activeRow)) : null;
      case "KeyF":
        return this.editing((row) => editor.act([{ do: "free", task: row.id }]));
      default:
        return null;
    }
  }

  /** @param {(row: Row) => void} act */
  withRow(act) {
    const row = this.editor.activeRow;
    return row && (() => this.first(() => act(row)));
  }

  /** @param {(row: Row) => void} act */
  editing(act) {
    return this.editor.mayEdit ? this.withRow(act) : null;
  }

  /** @param {() => void} act */
  first(act) {
    this.flush();
    act();
  }

  /** @param {number} by */
  go(by) {
    this.flush();
    this.editor.goBy(by);
  }

  // ------------------------------------------------------------------ moving and stretching

  /** @param {number} by */
  moving(by) {
    const row = this.editor.activeRow;
    return row && this.editor.mayEdit ? () => this.push(row, "move", by) : null;
  }

  /** @param {Direction} direction */
  stretching(direction) {
    const row = this.editor.activeRow;
    const by = { left: -1, right: 1 }[/** @type {"left"} */ (direction)];
    if (!by || !row || !this.editor.mayEdit || row.shape === "stage") return null;
    return () => this.push(row, "stretch", by);
  }

  /**
   * @param {Row} row
   * @param {"move" | "stretch"} what
   * @param {number} by
   */
  push(row, what, by) {
    if (this.nudge && (this.nudge.task !== row.id || this.nudge.do !== what)) this.flush();
    this.nudge ??= { task: row.id, do: what, by: 0, rows: this.held(row), ghosts: new Map() };
    this.nudge.by += by;
    this.nudge.ghosts = this.pushed();
    this.redraw(row.id);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), SUM);
  }

  /** Send what the arrows have summed up. */
  flush() {
    clearTimeout(this.timer);
    const { nudge } = this;
    if (!nudge) return;
    const ghosts = this.ghosts();
    this.nudge = null;
    if (nudge.by) this.editor.act([{ do: nudge.do, task: nudge.task, by: nudge.by }], ghosts);
    else for (const id of ghosts.keys()) this.editor.sheet.refresh(id);
    this.editor.settled();
  }

  /** @param {number} id */
  redraw(id) {
    const { shown, sheet } = this.editor;
    const row = shown?.row(id);
    sheet.refresh(id);
    if (row?.shape === "stage") for (const part of shown?.inside(id) ?? []) sheet.refresh(part);
  }

  /**
   * The bars that go with a row, as they are drawn.
   * @param {Row} row
   */
  held(row) {
    const { editor } = this;
    const shown = /** @type {Shown} */ (editor.shown);
    const ids = [row.id, ...(row.shape === "stage" ? shown.inside(row.id) : [])];
    return ids.map((id) => /** @type {Row} */ ({ ...shown.row(id), ...editor.dropped(id) }));
  }

  /**
   * Where the arrows have taken bars so far.
   * @returns {Map<number, Ghost>}
   */
  ghosts() {
    return this.nudge?.ghosts ?? NOWHERE;
  }

  /** @returns {Map<number, Ghost>} */
  pushed() {
    const { nudge } = this;
    const shown = /** @type {Shown} */ (this.editor.shown);
    if (!nudge) return NOWHERE;
    const [row] = nudge.rows;
    const days = shown.inDays ? nudge.by : nudge.by / (shown.picture.unit === "hour" ? 24 : 1440);
    if (nudge.do === "stretch") {
      const end = shown.inDays ? shown.workingDays(row.end - 1, nudge.by) + 1 : row.end + days;
      return new Map([[row.id, { end: Math.max(end, row.start) }]]);
    }
    // A milestone that ends a day goes to the end of another.
    const own = shown.row(row.id) ?? row;
    const isEvening = row.shape === "milestone" && shown.dayAt(own.start) !== own.from.slice(0, 10);
    const day = row.start - (isEvening ? 1 : 0);
    const by = shown.inDays ? shown.workingDays(day, nudge.by) - day : days;
    return new Map(nudge.rows.map((one) => [one.id, { start: one.start + by, end: one.end + by, doneEnd: one.doneEnd + by }]));
  }

  /** @param {Direction} direction */
  shift(direction) {
    const move = { up: "up", down: "down", left: "out", right: "into" }[direction];
    this.editor.act([{ do: "shift", task: this.editor.active, move }]);
  }

  // ------------------------------------------------------------------ linking

  /**
   * A link is being made: arrows choose the other task, digits the kind.
   * @param {KeyboardEvent} event
   * @returns {(() => void) | null}
   */
  linking(event) {
    const { editor } = this;
    const isOurs = event.key !== "Tab" && !/^F\d+$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOurs) return null;
    const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
    if (digit) return () => editor.linkAs(KINDS[Number(digit[1]) - 1]);
    if (event.key === "Enter" || event.key === " ") return () => editor.endLink();
    if (event.key === "Escape") return () => editor.stopLink();
    const isMoving = ["ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"].includes(event.key);
    return isMoving ? null : () => {};
  }
}

/** @typedef {"left" | "right" | "up" | "down"} Direction */
/** @type {Object<string, Direction>} */
const ARROWS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
