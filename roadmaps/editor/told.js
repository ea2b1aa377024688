// @ts-check
/** Calm lines above the chart: what was changed and what it moved; what waits; what is refused. */

const CALM = 15_000; // [ms] between two changes of others that are read out

class Told {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.seq = /** @type {number | null} */ (null);
    this.isOpen = this.isLate = false; // late: a newer one came while the list was open
    this.waiting = make("div", { class: "waiting", "data-line": "waiting", hidden: true });
    this.refused = make("div", { class: "refused", role: "alert", "data-line": "refused", hidden: true });
    this.brief = make("div", { class: "brief" });
    this.opener = button("more", editor.words.showMoves, () => this.toggle(), { part: "moves" });
    this.whole = make("div", { class: "whole", hidden: true });
    this.line = make("div", { class: "change", "data-line": "change", hidden: true }, this.brief, this.opener, this.whole);
    this.about = -1; // the task that a refusal is about
    this.saidAt = -Infinity;
    this.spoken = make("div", { class: "unseen", role: "status", "aria-live": "polite", "data-line": "spoken" });
    this.element = make("div", { class: "told" }, this.waiting, this.refused, this.line, this.spoken);
  }

  /**
   * Tell screen readers.
   * @param {string} words
   */
  say(words) {
    this.saidAt = performance.now();
    this.spoken.textContent = this.spoken.textContent === words ? `${words}\u00a0` : words;
  }

  /**
   * Show the latest change; moved rows light up once, if it is a new one. What others do is told
   * now and then, not in a stream; it neither shuts a list that is being read nor settles what
   * was refused.
   * @param {Picture} picture
   */
  show(picture) {
    const { change } = picture;
    const isNew = this.seq !== null && change !== null && change.seq > this.seq;
    if (this.seq !== null && !isNew && change?.seq === this.seq) return [];
    this.seq = change?.seq ?? 0;
    this.line.hidden = change === null && !this.editor.mayEdit;
    const isMine = change?.mine ?? false;
    this.isLate = this.isOpen && isNew && !isMine;
    if (!this.isLate) this.draw(change, isNew);
    if (!change || !isNew) return [];
    if (isMine) this.refuse("");
    const isTime = isMine || performance.now() - this.saidAt > CALM;
    if (isTime) this.say([this.who(change), change.told, change.effect].filter(Boolean).join(". "));
    return change.moves.map((move) => move.id);
  }

  /** @param {Change} change */
  who(change) {
    return change.mine ? "" : change.who;
  }

  /**
   * @param {Change | null} change
   * @param {boolean} isNew
   */
  draw(change, isNew) {
    this.open(false);
    this.line.classList.toggle("new", isNew);
    const none = make("span", { class: "effect", text: this.editor.words.noChange });
    this.brief.replaceChildren(...(change ? this.parts(change) : [none]));
    this.whole.replaceChildren(...(change ? this.list(change) : []));
  }

  /** There is something to open where not all is seen, or something moved. */
  fit() {
    const moves = this.editor.shown?.picture.change?.moves.length;
    const isCut = () => [...this.brief.children].some((line) => line.scrollWidth > line.clientWidth);
    const isHeld = () => this.isOpen || this.opener.matches(":focus"); // who is there stays there
    this.opener.hidden = !moves && !isCut() && !isHeld();
  }

  /** @param {Change} change */
  parts(change) {
    const told = make("span", { class: "what" });
    if (!change.mine) told.append(make("b", { text: `${change.who}: ` }));
    told.append(make("span", { text: change.told }));
    const rest = ["effect", "at"].map((name) => make("span", { class: name, text: change[/** @type {"at"} */ (name)] }));
    return [make("div", {}, told), make("div", {}, rest[0], document.createTextNode(" · "), rest[1])];
  }

  toggle() {
    this.open(!this.isOpen);
    if (!this.isLate) return;
    this.isLate = false;
    this.draw(this.editor.shown?.picture.change ?? null, true);
    this.fit();
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.isOpen = isOpen;
    this.line.classList.toggle("open", isOpen);
    this.opener.setAttribute("aria-expanded", String(isOpen));
    this.whole.hidden = !isOpen;
  }

  /**
   * The whole of it, and what it moved; it lies above the chart and scrolls by itself.
   * @param {Change} change
   */
  list(change) {
    const items = change.moves.map(({ id, number, title, by, why }) => {
      const go = () => {
        this.toggle();
        this.editor.goTo(id);
        this.editor.grid.focus({ preventScroll: true });
      };
      const name = make("button", { type: "button", class: "plain", text: `${number}. ${title}`, on: { click: go } });
      return make("li", {}, name, make("span", { class: "by", text: by }), make("span", { class: "why", text: why }));
    });
    if (change.more) items.push(make("li", { text: fill(this.editor.words.moreMoves, { n: change.more }) }));
    return [make("div", { class: "full" }, ...this.parts(change)), make("ol", { class: "moves" }, ...items)];
  }

  /**
   * Say beside its row why something was not done; nothing: it is settled.
   * @param {string} sentence
   * @param {number | null} [id]
   */
  refuse(sentence, id = null) {
    this.refused.hidden = !sentence;
    this.refused.replaceChildren();
    if (!sentence) return;
    const { sheet, shown } = this.editor;
    const row = shown?.row(id);
    this.about = row?.id ?? -1;
    (row ? sheet.inner : this.element).append(this.refused);
    this.place();
    if (row) sheet.reveal(row.id, false);
    const close = button("close", this.editor.words.close, () => this.refuse(""));
    this.refused.append(make("span", { text: sentence }), close);
  }

  /** What was refused stands below its row, wherever that is by now. */
  place() {
    const { sheet, shown } = this.editor;
    const row = this.refused.hidden ? null : shown?.row(this.about);
    if (!row) return;
    const left = sheet.at.left + sheet.side + 8;
    const most = left + Math.max(sheet.room - 336, 0);
    this.refused.style.left = `${clamp(sheet.side + sheet.left(row.start), left, most)}px`;
    this.refused.style.top = `${AXIS + ((shown?.places.get(row.id) ?? 0) + 1) * sheet.rowHeight + 2}px`;
  }

  /** @param {Outbox} outbox */
  wait(outbox) {
    const { words } = this.editor;
    const count = outbox.items.length;
    const isTold = outbox.isStuck || this.editor.isCut || this.editor.isSignedOut;
    this.waiting.hidden = !isTold;
    if (!isTold) return;
    const text = outbox.signedOut || this.editor.isSignedOut
      ? words.signedOut
      : count ? fill(words.offline, { n: count }) : words.offlineNone;
    if (this.waiting.textContent !== text) this.waiting.textContent = text;
  }
}
