// @ts-check
/**
 * What the editor knows: the picture of the plan, which row is active, what is folded, what is
 * on its way; and how a new picture takes the old one's place without moving under one's hands.
 */

const QUIET = 700; // [ms] after the last change before the page's script hears of it
const SOON = 180; // [ms] the same for a chosen task
const LIGHT = 1600; // [ms] that moved rows are lit

class Desk {
  /** @param {Component} component */
  constructor(component) {
    this.root = component.parentElement;
    this.component = component;
    this.data = component.data;
    this.words = this.data.words;
    this.dates = new Dates(this.data.language);
    this.frame = /** @type {HTMLElement} */ (this.root.querySelector('[data-part="editor"]'));
    this.frame.classList.add("loading"); // an empty chart would look broken
    /** @type {Shown | null} */
    this.shown = null;
    this.active = this.data.selected;
    this.selected = this.data.selected;
    this.folded = new Set(this.data.folded);
    this.baseline = this.data.baseline;
    this.lens = new Lens(this.data.zoom);
    /** @type {Map<string, Map<number, Ghost>>} */
    this.ghosts = new Map();
    /** @type {Picture | null} */
    this.late = null; // came while something was dragged
    this.isCut = this.isSignedOut = this.left = false;
    /** @type {Object<string, string>} */
    this.given = {}; // what the page's script has heard, by name
    /** @type {Object<string, ReturnType<typeof setTimeout>>} */
    this.giving = {};
    this.turn = Date.now(); // a page that is opened anew must not repeat one
    this.wantsFigures = /** @type {boolean | null} */ (null);
  }

  // ------------------------------------------------------------------ what others ask

  get self() {
    return /** @type {Editor} */ (/** @type {unknown} */ (this));
  }

  get mayEdit() {
    return this.data.mayEdit && (this.shown?.picture.mayEdit ?? false);
  }

  get activeRow() {
    return this.shown?.row(this.active) ?? null;
  }

  /**
   * @param {number} id
   * @returns {Ghost | undefined}
   */
  ghost(id) {
    const ghost = { ...this.dropped(id), ...this.self.keys?.ghosts().get(id) };
    return Object.keys(ghost).length ? ghost : undefined;
  }

  /**
   * Where it was dropped, while the server has not answered.
   * @param {number} id
   * @returns {Ghost}
   */
  dropped(id) {
    return Object.assign({}, ...[...this.ghosts.values()].map((one) => one.get(id)));
  }

  /** @param {number} wide */
  hasFigures(wide) {
    return wide >= 620 && (this.wantsFigures ?? wide >= 1000);
  }

  // ------------------------------------------------------------------ asking

  get look() {
    const { zoom } = this.lens;
    const width = Math.round(this.self.sheet.room) || 900;
    return { zoom, width, folded: [...this.folded], baseline: this.baseline };
  }

  /** @param {boolean} since */
  address(since) {
    const { zoom, width, folded, baseline } = this.look;
    const { language, person } = this.data;
    const query = new URLSearchParams({ lang: language, person: String(person), zoom, width: String(width) });
    if (folded.length) query.set("folded", folded.join(","));
    if (baseline !== null && baseline !== undefined) query.set("baseline", String(baseline));
    if (since && this.shown) query.set("since", this.shown.picture.stamp ?? String(this.shown.version));
    return `${this.data.url}?${query}`;
  }

  /** Ask for the picture anew, because it is looked at otherwise. */
  async reload() {
    await this.self.watch.fetch(false);
  }

  // ------------------------------------------------------------------ a picture arrives

  /** @param {Picture} picture */
  take(picture) {
    if (this.self.hands.gesture || this.self.keys.nudge) this.late = picture;
    else this.show(picture);
  }

  /** Nothing is dragged any more. */
  settled() {
    const { late } = this;
    this.late = null;
    if (late) this.show(late);
  }

  /** @param {Picture} picture */
  show(picture) {
    const { sheet, strip } = this.self;
    const before = this.shown;
    this.late = null;
    const hold = before && this.hold();
    sheet.still = before && sheet.at;
    /** @type {number[]} */
    let lit = [];
    try {
      lit = this.draw(picture, before);
    } finally {
      sheet.still = null;
    }
    hold?.();
    this.self.told.fit();
    if (before) this.keepFocus(before);
    if (!before) this.firstShown();
    this.light(lit);
    strip.update();
    this.self.waits();
    this.give("version", picture.version, QUIET);
    if (picture.layout.axis.zoom !== this.lens.zoom) void this.reload();
  }

  /**
   * Draw a picture; gives the tasks that it moved.
   * @param {Picture} picture
   * @param {Shown | null} before
   */
  draw(picture, before) {
    const { sheet, told } = this.self;
    this.shown = new Shown(picture);
    if (before) this.follow(before, this.shown);
    if (!sheet.lastWide) sheet.resize();
    if (!before) this.lens.settle(this.shown.layout.days, sheet.room);
    const moved = told.show(picture);
    this.keepActive(before);
    this.frame.classList.toggle("viewing", !this.mayEdit);
    this.frame.classList.toggle("empty", this.shown.rows.length === 0);
    this.redraw();
    return moved;
  }

  /**
   * Places count from the first day shown, which may have become another one.
   * @param {Shown} before
   * @param {Shown} now
   */
  follow(before, now) {
    const days = (before.zero - now.zero) / DAY;
    if (!days) return;
    for (const ghosts of this.ghosts.values()) {
      for (const ghost of ghosts.values()) {
        for (const end of /** @type {const} */ (["start", "end", "doneEnd"])) {
          const at = ghost[end];
          if (at !== undefined) ghost[end] = at + days;
        }
      }
    }
  }

  /** @param {Shown | null} before */
  keepActive(before) {
    const shown = /** @type {Shown} */ (this.shown);
    if (!before) return;
    if (this.active === null) this.active = shown.rows[0]?.id ?? null; // the plan was empty
    if (this.active === null || shown.has(this.active)) return;
    const place = before.places.get(this.active) ?? 0;
    let above = before.row(this.active)?.parent; // it is folded away, or not there any more
    while (above !== undefined && !shown.has(above)) above = before.row(above)?.parent;
    this.active = above ?? shown.rows[Math.min(place, shown.rows.length - 1)]?.id ?? null;
    if (this.selected !== null) this.select(this.active);
  }

  /**
   * The first task has come, or the last one has gone: what had the focus is not there any more.
   * @param {Shown} before
   */
  keepFocus(before) {
    const count = this.shown?.rows.length ?? 0;
    const isTurned = (count === 0) !== (before.rows.length === 0);
    if (!isTurned || document.activeElement !== document.body) return;
    const begin = /** @type {HTMLElement | null} */ (this.frame.querySelector(".nothing button"));
    if (count) this.self.grid.focus({ preventScroll: true });
    else begin?.focus();
  }

  firstShown() {
    this.frame.classList.remove("loading");
    const { sheet } = this.self;
    const { active, shown } = this;
    sheet.showToday();
    if (active !== null && shown?.has(active)) sheet.reveal(active);
    else if (active !== null && this.folded.size) void this.goFromOutside(active);
    else this.setActive(shown?.rows[0]?.id ?? null);
  }

  /**
   * Remember what is seen where; gives what puts it there again.
   * @returns {() => void}
   */
  hold() {
    const { sheet } = this.self;
    const shown = /** @type {Shown} */ (this.shown);
    const { scroll, rowHeight, at } = sheet;
    const top = Math.floor(at.top / rowHeight);
    const place = shown.places.get(this.active ?? -1) ?? -1;
    const isSeen = place >= top && place < top + at.high / rowHeight;
    const kept = isSeen ? [shown.rows[place]] : shown.rows.slice(top); // the first of them that stays
    const moment = shown.zero / DAY + at.left / this.lens.dayWidth;
    return () => {
      const now = /** @type {Shown} */ (this.shown);
      const row = at.top ? kept.find((one) => now.has(one.id)) : undefined;
      const places = row && [now, shown].map((one) => one.places.get(row.id) ?? 0);
      const high = at.top + (places ? (places[0] - places[1]) * rowHeight : 0);
      const left = (moment - now.zero / DAY) * this.lens.dayWidth;
      if (Math.abs(high - at.top) >= 0.5) scroll.scrollTop = high;
      if (Math.abs(left - at.left) >= 0.5) scroll.scrollLeft = left;
    };
  }

  redraw() {
    this.self.sheet.redraw();
    this.mark();
  }

  /** @param {number[]} ids */
  light(ids) {
    const rows = ids.map((id) => this.self.sheet.rows.get(id)).filter(Boolean);
    for (const row of rows) row?.classList.add("lit");
    setTimeout(() => rows.forEach((row) => row?.classList.remove("lit")), LIGHT);
  }

  // ------------------------------------------------------------------ which row

  /** Tell the browser which row is active. */
  mark() {
    const { grid } = this.self;
    if (this.active === null || !this.shown?.has(this.active)) grid.removeAttribute("aria-activedescendant");
    else grid.setAttribute("aria-activedescendant", `row-${this.active}`);
  }

  /** @param {number | null} id */
  setActive(id) {
    const before = this.active;
    this.active = id;
    const { sheet, strip } = this.self;
    if (before !== id) {
      sheet.drawRows(false);
      sheet.refresh(before);
      sheet.refresh(id);
    }
    this.mark();
    strip.updateTask();
    this.followPanel();
  }

  /** The panel, if it is open, shows the active task: what is chosen is one thing. */
  followPanel() {
    if (this.selected !== null && this.active !== null && this.selected !== this.active && !this.self.linking) this.select(this.active);
  }

  /** @param {number | null} id */
  select(id) {
    const before = this.selected;
    this.selected = id;
    this.self.sheet.refresh(before);
    this.self.sheet.refresh(id);
    this.self.strip.updateTask();
    if (id !== null && id !== before) this.self.panel.begin();
    this.turn += 1;
    this.give("selected", { task: id, turn: this.turn }, SOON);
  }

  /** @param {number} by */
  goBy(by) {
    const { rows, places } = /** @type {Shown} */ (this.shown);
    if (!rows.length) return;
    const place = clamp((places.get(this.active ?? -1) ?? 0) + by, 0, rows.length - 1);
    this.goTo(rows[place].id);
  }

  /** @param {number} id */
  goTo(id) {
    if (!this.shown?.has(id)) return;
    this.setActive(id);
    this.self.sheet.reveal(id);
  }

  /**
   * Go where the page asks; a task inside of a folded stage is unfolded first.
   * @param {number} id
   */
  async goFromOutside(id) {
    if (!this.shown?.has(id) && this.folded.size) {
      this.folded.clear();
      this.giveLook();
      await this.reload();
    }
    if (this.selected === id) this.goTo(id);
  }

  // ------------------------------------------------------------------ what the script hears

  /**
   * Hand a value to the page's script, once it has stopped changing.
   * @param {"selected" | "version" | "look"} name
   * @param {unknown} value
   * @param {number} pause
   */
  give(name, value, pause) {
    const { given, giving } = this;
    clearTimeout(giving[name]);
    giving[name] = setTimeout(() => {
      const told = JSON.stringify(value);
      if (this.left || given[name] === told) return;
      if (this.self.hands.isDragging) return this.give(name, value, pause);
      const isFirst = name === "version" && given[name] === undefined; // what the script has shown
      given[name] = told;
      if (!isFirst) this.component.setStateValue(name, value);
      if (name === "version") this.frame.dataset.given = String(value);
    }, pause);
  }

  giveLook() {
    this.give("look", { zoom: this.lens.isChosen && !this.lens.isWhole ? this.lens.zoom : null, folded: [...this.folded] }, QUIET);
  }
}
