// @ts-check
/**
 * The sheet: one area that scrolls both ways, with dates above and names on the left that stay.
 * Only rows that can be seen exist, besides the one that is active or being named.
 */

const AXIS = 46; // [px] height of both rows of dates
const SPARE = 6; // rows drawn beyond what is seen
const NARROW = 520; // [px] of the sheet: less is a phone
const ROOMY = 860; // [px] of it from which on tools have words
const HEADER = 60; // [px] of the window that the page's own header may cover
const FIGURES = 108 + 96; // [px] of both columns

class Sheet {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.rowHeight = matchMedia("(pointer: coarse)").matches ? 44 : 30;
    this.extra = 0; // [px] grown to the right while something is dragged there
    /** @type {Map<number, HTMLElement>} */
    this.rows = new Map();
    /** @type {Map<number, string>} */
    this.drawn = new Map(); // what each of them was drawn from
    /** @type {Place | null} */
    this.still = null; // nothing is scrolled meanwhile
    const { words } = editor;
    this.svg = /** @type {SVGElement} */ (paint("svg", { class: "ground", "aria-hidden": "true" }));
    this.axis = make("div", { class: "axis", role: "columnheader", "aria-label": words.chart });
    this.body = make("div", { class: "body", role: "rowgroup" });
    this.grid = make(
      "div",
      { class: "grid", role: "treegrid", tabindex: "0", "aria-label": words.chartOf, "aria-describedby": "editor-hint" },
      make("div", { role: "rowgroup", class: "heads" }, this.head(words)),
      this.body,
    );
    this.inner = make("div", { class: "inner", "data-part": "ground" }, this.svg, this.grid);
    this.scroll = make("div", { class: "scroll", "data-part": "ground" }, this.inner);
    this.seam = new Seam(editor, this);
    this.pane = make("div", { class: "pane" }, this.scroll, this.seam.element);
    this.side = 0; // [px] of the names and figures
    this.wide = 0; // [px] of all that lies right of them
    this.lastWide = 0;
    this.frame = 0;
    this.ground = new Ground(editor, this);
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(this.scroll);
    this.scroll.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  /** @param {Words} words */
  head(words) {
    const side = make("div", { class: "side" });
    side.append(
      make("div", { class: "name", role: "columnheader", text: words.task }),
      make("div", { class: "who figure", role: "columnheader", text: words.who }),
      make("div", { class: "float figure", role: "columnheader", text: words.float, title: words.floatHelp }),
    );
    return make("div", { class: "head", role: "row", "aria-rowindex": "1" }, side, this.axis);
  }

  leave() {
    this.resized.disconnect();
  }

  // ------------------------------------------------------------------ sizes

  get shown() {
    return /** @type {Shown} */ (this.editor.shown);
  }

  get dayWidth() {
    return this.editor.lens.dayWidth;
  }

  /**
   * The room for the chart beside the names [px]. From what was measured last: asked of the
   * browser for each bar, it would lay the page out anew each time.
   */
  get room() {
    return (this.lastWide || this.scroll.clientWidth) - this.side;
  }

  /**
   * How far it is scrolled. The browser lays the page out anew to answer, if anything was drawn
   * since: whoever draws asks before.
   * @returns {Place}
   */
  get at() {
    if (this.still) return this.still;
    const { scrollTop, scrollLeft, clientHeight } = this.scroll;
    return { top: scrollTop, left: scrollLeft, high: clientHeight };
  }

  /** @param {number} days */
  x(days) {
    return days * this.dayWidth;
  }

  /**
   * Where a place in days stands on the sheet, right of the names [px].
   * @param {number} days
   */
  left(days) {
    return days * this.dayWidth + PAD;
  }

  resize() {
    const wide = this.scroll.clientWidth;
    if (!wide || wide === this.lastWide) return;
    this.lastWide = wide;
    this.share(wide);
  }

  /**
   * Share the width anew; a plan that was seen whole stays so.
   * @param {number} wide
   */
  share(wide) {
    this.sideways(wide);
    if (!this.editor.shown) return;
    this.editor.told.fit();
    if (this.editor.lens.isWhole) this.editor.whole();
    else this.editor.redraw();
  }

  /**
   * Share the width between names and chart.
   * @param {number} wide
   */
  sideways(wide) {
    const figures = this.editor.hasFigures(wide);
    const name = this.seam.wide(wide) ?? (wide < NARROW ? Math.round(wide * 0.38) : clamp(Math.round(wide * 0.27), 210, 330));
    this.side = name + (figures ? FIGURES : 0);
    this.seam.placed(name, wide);
    const { style, classList } = this.editor.frame;
    style.setProperty("--name", `${name}px`);
    style.setProperty("--side", `${this.side}px`);
    style.setProperty("--row", `${this.rowHeight}px`);
    style.setProperty("--axis", `${AXIS}px`);
    classList.toggle("figures", figures);
    style.setProperty("--pad", `${PAD}px`);
    classList.toggle("narrow", wide < NARROW);
    classList.toggle("roomy", wide >= ROOMY);
  }

  measure() {
    const { layout, rows } = this.shown;
    const air = this.editor.lens.isWhole ? 0 : AIR;
    this.wide = Math.max(Math.floor(this.left(layout.days)) + air + this.extra, this.room);
    this.inner.style.width = `${this.wide + this.side}px`;
    this.inner.style.height = `${rows.length * this.rowHeight + AXIS}px`;
    this.grid.setAttribute("aria-rowcount", String(rows.length + 1));
  }

  /**
   * Make room to the right, for what is dragged there.
   * @param {number} pixels
   */
  grow(pixels) {
    this.extra += pixels;
    this.measure();
  }

  // ------------------------------------------------------------------ drawing

  /** Draw everything anew, in the elements that are there. */
  redraw() {
    this.extra = 0;
    this.measure();
    this.ground.redraw();
    for (const id of this.rows.keys()) if (!this.shown.has(id)) this.drop(id);
    this.drawRows(true);
    this.editor.told.place();
  }

  scrolled() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.editor.shown) return;
      this.ground.scrolled();
      this.drawRows(false);
    });
  }

  /**
   * The rows that are seen, as places from and until.
   * @returns {[number, number]}
   */
  get window() {
    const at = this.at;
    const top = Math.floor(at.top / this.rowHeight) - SPARE;
    const count = Math.ceil((at.high || 600) / this.rowHeight) + 2 * SPARE;
    return [Math.max(top, 0), Math.min(Math.max(top, 0) + count, this.shown.rows.length)];
  }

  /** @param {boolean} anew - what is there is drawn again too, where it has changed */
  drawRows(anew) {
    const [from, until] = this.window;
    const { rows, places } = this.shown;
    const kept = [this.editor.active, this.editor.naming?.task].map((id) => places.get(id ?? -1) ?? -1);
    const wanted = new Set(rows.slice(from, until).map((row) => row.id));
    for (const place of kept) if (place >= 0) wanted.add(rows[place].id);
    for (const id of this.rows.keys()) if (!wanted.has(id)) this.drop(id);
    let next = this.body.firstElementChild;
    for (const place of [...wanted].map((id) => places.get(id) ?? 0).sort((a, b) => a - b)) {
      const row = rows[place];
      const known = this.rows.get(row.id);
      const element = known ?? this.element(row.id);
      if (anew || !known) this.fill(element, row, place);
      if (known && row.id === this.editor.naming?.task) next = this.clear(known, next);
      if (element === next) next = next.nextElementSibling;
      else this.body.insertBefore(element, next);
    }
    this.ground.drawLinks(from, until);
  }

  /**
   * A row that was moved would lose what is typed in it: the others make way for it.
   * @param {Element} typed
   * @param {Element | null} next - where it belongs
   */
  clear(typed, next) {
    while (next && next !== typed) {
      const after = next.nextElementSibling;
      this.body.append(next);
      next = after;
    }
    return typed;
  }

  /** @param {number} id */
  element(id) {
    const element = make("div", { class: "row", role: "row", id: `row-${id}`, "data-task": id });
    this.rows.set(id, element);
    return element;
  }

  /** @param {number} id */
  drop(id) {
    this.rows.get(id)?.remove();
    this.rows.delete(id);
    this.drawn.delete(id);
  }

  /**
   * Draw one row again, if it is there.
   * @param {number | null} id
   */
  refresh(id) {
    const row = this.shown.row(id);
    const element = this.rows.get(id ?? -1);
    if (!row || !element) return;
    this.drawn.delete(row.id); // a hand may have moved its parts
    this.fill(element, row, this.shown.places.get(row.id) ?? 0);
  }

  /**
   * Draw a row into its element, if it is another than the one that is there.
   * @param {HTMLElement} element
   * @param {Row} row
   * @param {number} place
   */
  fill(element, row, place) {
    const { editor } = this;
    const { active, selected, linking, mayEdit, lens } = editor;
    const looks = [active, selected, linking?.from, editor.naming?.task].map((id) => id === row.id);
    const sizes = [place, this.rowHeight, this.dayWidth, lens.isWhole && this.room, mayEdit];
    const name = JSON.stringify([row, this.shown.info(row.id), editor.ghost(row.id), looks, sizes]);
    if (this.drawn.get(row.id) === name) return;
    this.drawn.set(row.id, name);
    fillRow(editor, element, row, place);
  }

  // ------------------------------------------------------------------ places

  /**
   * Give the place of a row under a point of the window, or -1.
   * @param {number} clientY
   */
  placeAt(clientY) {
    const top = clientY - this.scroll.getBoundingClientRect().top;
    if (top < AXIS) return -1;
    const place = Math.floor((top - AXIS + this.scroll.scrollTop) / this.rowHeight);
    return place >= 0 && place < this.shown.rows.length ? place : -1;
  }

  /**
   * Give the place in days under a point of the window.
   * @param {number} clientX
   */
  daysAt(clientX) {
    const left = clientX - this.scroll.getBoundingClientRect().left - this.side;
    return (left + this.scroll.scrollLeft - PAD) / this.dayWidth;
  }

  /**
   * Scroll as little as brings a row, and its bar if it is far, into sight.
   * @param {number} id
   */
  reveal(id, withBar = true) {
    const row = this.shown.row(id);
    if (!row) return;
    const top = (this.shown.places.get(id) ?? 0) * this.rowHeight;
    const { scrollTop, scrollLeft } = this.scroll;
    const seen = this.inSight - AXIS - this.rowHeight;
    if (top < scrollTop) this.scroll.scrollTop = top;
    else if (top > scrollTop + seen) this.scroll.scrollTop = top - seen;
    if (!withBar) return;
    const [start, end] = [this.left(row.start), this.left(row.end)];
    const isSeen = end > scrollLeft + 8 && start < scrollLeft + this.room - 8;
    if (!isSeen) this.scroll.scrollLeft = Math.max(0, start - this.room / 4);
  }

  /**
   * Whoever read below the chart comes back to a row of it, if that is out of the window.
   * @param {number | null} id
   */
  comeBack(id) {
    const element = this.rows.get(id ?? -1);
    if (!element) return;
    this.reveal(id ?? -1, false);
    const { top, bottom } = element.getBoundingClientRect();
    const low = window.innerHeight - this.editor.strip.task.offsetHeight;
    if (top < HEADER || bottom > low) element.scrollIntoView({ block: "center", behavior: calmly() });
  }

  /** How much of its height the window shows above the tools, if that is enough to read [px]. */
  get inSight() {
    const { clientHeight } = this.scroll;
    const low = window.innerHeight - this.editor.strip.task.offsetHeight;
    const high = low - this.scroll.getBoundingClientRect().top;
    return high < AXIS + 3 * this.rowHeight ? clientHeight : Math.min(clientHeight, high);
  }

  /** At first, and when asked: bring today's line into sight. */
  showToday() {
    const { today } = this.shown.layout;
    const at = today === null ? 0 : this.left(today) - this.room / 3;
    this.scroll.scrollLeft = Math.max(0, at);
  }

  /**
   * Where a row's bar stands in the window.
   * @param {number} id
   */
  boxOf(id) {
    const element = this.rows.get(id);
    const group = element?.querySelector(".group") ?? element;
    return group?.getBoundingClientRect() ?? this.scroll.getBoundingClientRect();
  }
}
