// @ts-check
/** How the plan is looked at: what is folded, how closely, where. */

class Looking extends Desk {
  /**
   * @param {number | null} id
   * @param {boolean} [isFolded] - none: the other way round
   */
  fold(id, isFolded) {
    const row = this.shown?.row(id);
    if (!row || row.shape !== "stage") return;
    const wanted = isFolded ?? !row.collapsed;
    if (wanted === Boolean(row.collapsed)) return;
    if (wanted) this.folded.add(row.id);
    else this.folded.delete(row.id);
    this.giveLook();
    void this.reload();
  }

  /**
   * Zoom around a point of the window, or around what one looks at.
   * @param {number} by
   * @param {number} [clientX]
   */
  zoom(by, clientX) {
    const box = this.self.sheet.scroll.getBoundingClientRect();
    const at = clientX ?? box.left + this.self.sheet.side + this.middle();
    const days = this.self.sheet.daysAt(at);
    this.lens.isChosen = true;
    this.lens.isWhole = false;
    this.widened(this.lens.widen(this.lens.dayWidth * by, !this.shown?.inDays));
    this.self.sheet.scroll.scrollLeft = this.self.sheet.left(days) - (at - box.left - this.self.sheet.side);
  }

  /** The active bar, or today, or the middle: whichever is in sight [px from the names]. */
  middle() {
    const { sheet } = this.self;
    const row = this.activeRow;
    const { today } = /** @type {Shown} */ (this.shown).layout;
    const places = [row && (row.start + row.end) / 2, today].map((days) => days === null ? -1 : sheet.left(days) - sheet.scroll.scrollLeft);
    return places.find((place) => place > 0 && place < sheet.room) ?? sheet.room / 2;
  }

  whole() {
    if (!this.shown) return;
    this.widened(this.lens.fit(this.shown.layout.days, this.self.sheet.room));
    this.self.sheet.scroll.scrollLeft = 0;
  }

  /** @param {boolean} isOther - the axis needs other words */
  widened(isOther) {
    this.redraw();
    clearTimeout(this.asking);
    if (isOther) this.asking = setTimeout(() => void this.reload(), 120);
    this.giveLook();
  }

  /** Why the chart cannot show today; nothing where it can. */
  get todayAway() {
    const { shown } = this;
    if (!shown || shown.layout.today !== null) return "";
    const { origin, days } = shown.layout;
    const [dates] = this.dates.stretch(origin, shown.dayAt(Math.max(days - 1, 0)));
    return fill(this.words.todayAway, { dates });
  }

  showToday() {
    const { sheet, told } = this.self;
    told.refuse(this.todayAway);
    sheet.showToday();
  }

  toggleFigures() {
    const { sheet } = this.self;
    const wide = sheet.scroll.clientWidth;
    this.wantsFigures = !this.hasFigures(wide);
    sheet.share(wide);
  }
}
