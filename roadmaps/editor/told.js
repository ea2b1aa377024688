// @ts-check
/** Calm lines above the chart: what was changed and what it moved; what waits; what is refused. */

class Told {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.seq = /** @type {number | null} */ (null);
    this.isOpen = false;
    this.waiting = make("div", { class: "waiting", "data-line": "waiting", hidden: true });
    this.refused = make("div", { class: "refused", role: "alert", "data-line": "refused", hidden: true });
    this.line = make("div", { class: "change", "data-line": "change", hidden: true });
    this.spoken = make("div", { class: "unseen", role: "status", "aria-live": "polite", "data-line": "spoken" });
    this.element = make("div", { class: "told" }, this.waiting, this.refused, this.line, this.spoken);
  }

  /**
   * Tell screen readers.
   * @param {string} words
   */
  say(words) {
    this.spoken.textContent = this.spoken.textContent === words ? `${words}\u00a0` : words;
  }

  /**
   * Show the latest change; moved rows light up once, if it is a new one.
   * @param {Picture} picture
   */
  show(picture) {
    const { change } = picture;
    const isNew = this.seq !== null && change !== null && change.seq > this.seq;
    const isFirst = this.seq === null;
    if (!isFirst && !isNew && change?.seq === this.seq) return [];
    this.seq = change?.seq ?? 0;
    this.line.hidden = change === null && !this.editor.mayEdit;
    this.isOpen = false;
    this.line.classList.remove("open");
    if (!change) {
      this.line.replaceChildren(make("div", { class: "effect", text: this.editor.words.noChange }));
      return [];
    }
    this.draw(change, isNew);
    if (!isNew) return [];
    this.refuse("");
    this.say([this.who(change), change.told, change.effect].filter(Boolean).join(". "));
    return change.moves.map((move) => move.id);
  }

  /** @param {Change} change */
  who(change) {
    return change.mine ? "" : change.who;
  }

  /**
   * @param {Change} change
   * @param {boolean} isNew
   */
  draw(change, isNew) {
    const { words } = this.editor;
    const brief = make("div", { class: "brief" }, ...this.parts(change));
    this.line.classList.toggle("new", isNew);
    this.line.replaceChildren(brief, this.opener(words), this.list(change));
  }

  /** There is something to open where not all is seen, or something moved. */
  fit() {
    const change = this.editor.shown?.picture.change;
    const opener = this.line.querySelector("button");
    if (!change || !opener) return;
    const lines = [...this.line.querySelectorAll(".brief > *")];
    opener.hidden = !change.moves.length && lines.every((line) => line.scrollWidth <= line.clientWidth);
  }

  /** @param {Change} change */
  parts(change) {
    const told = make("span", { class: "what" });
    if (!change.mine) told.append(make("b", { text: `${change.who}: ` }));
    told.append(make("span", { text: change.told }));
    const rest = ["effect", "at"].map((name) => make("span", { class: name, text: change[/** @type {"at"} */ (name)] }));
    return [make("div", {}, told), make("div", {}, rest[0], document.createTextNode(" · "), rest[1])];
  }

  /** @param {Words} words */
  opener(words) {
    const face = button("more", words.showMoves, () => this.toggle(), { part: "moves" });
    face.setAttribute("aria-expanded", "false");
    return face;
  }

  toggle() {
    this.isOpen = !this.isOpen;
    this.line.classList.toggle("open", this.isOpen);
    this.line.querySelector("button")?.setAttribute("aria-expanded", String(this.isOpen));
    /** @type {HTMLElement} */ (this.line.querySelector(".whole")).hidden = !this.isOpen;
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
      };
      const name = make("button", { type: "button", class: "plain", text: `${number}. ${title}`, on: { click: go } });
      return make("li", {}, name, make("span", { class: "by", text: by }), make("span", { class: "why", text: why }));
    });
    if (change.more) items.push(make("li", { text: fill(this.editor.words.moreMoves, { n: change.more }) }));
    return make("div", { class: "whole", hidden: true }, make("div", { class: "full" }, ...this.parts(change)), make("ol", { class: "moves" }, ...items));
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
    const place = shown?.places.get(id ?? -1);
    if (place === undefined || !shown) {
      this.element.append(this.refused);
    } else {
      const left = sheet.scroll.scrollLeft + sheet.side + 8;
      const most = left + Math.max(sheet.room - 336, 0);
      this.refused.style.left = `${clamp(sheet.side + sheet.left(shown.rows[place].start), left, most)}px`;
      this.refused.style.top = `${AXIS + (place + 1) * sheet.rowHeight + 2}px`;
      sheet.inner.append(this.refused);
      sheet.reveal(shown.rows[place].id, false);
    }
    const close = button("close", this.editor.words.close, () => this.refuse(""));
    this.refused.append(make("span", { text: sentence }), close);
  }

  /** @param {Outbox} outbox */
  wait(outbox) {
    const { words } = this.editor;
    const count = outbox.items.length;
    const isTold = outbox.isStuck || this.editor.isCut;
    this.waiting.hidden = !isTold;
    if (!isTold) return;
    const text = outbox.signedOut || this.editor.isSignedOut
      ? words.signedOut
      : count ? fill(words.offline, { n: count }) : words.offlineNone;
    if (this.waiting.textContent !== text) this.waiting.textContent = text;
  }
}
