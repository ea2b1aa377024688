// @ts-check
/** The editor: what every hand and key asks for, done here once. */

const LATER = 300; // [ms] between looks whether a question may be asked

class Editor extends Looking {
  /** @param {Component} component */
  constructor(component) {
    super(component);
    this.naming = /** @type {{task: number, input: HTMLInputElement} | null} */ (null);
    this.linking = /** @type {{from: number, kind: Kind} | null} */ (null);
    this.chosenLink = /** @type {Link | null} */ (null);
    this.outbox = new Outbox({
      url: this.data.url,
      name: `${OUTBOX}${this.data.person}:${this.data.roadmap}`,
      body: () => ({ look: (this.lookSent = this.look), lang: this.data.language, person: this.data.person }),
      heard: (item, status, answer) => this.heard(item, status, answer),
      changed: () => this.waits(),
    });
    this.sheet = new Sheet(this);
    this.grid = this.sheet.grid;
    this.told = new Told(this);
    this.strip = new Strip(this);
    this.dialogs = new Dialogs(this);
    this.tips = new Tips(this);
    this.panel = new Panel();
    this.build();
    this.hands = new Hands(this);
    this.keys = new Keys(this);
    this.paintTheme();
    this.watch = new Watch({
      address: (since) => this.address(since),
      mayAsk: () => !this.hands.isDragging && (this.outbox.items.length === 0 || this.outbox.isStuck),
      heard: (picture) => this.take(picture),
      failed: (status) => this.asked(status),
    });
    void this.begin();
  }

  build() {
    const { words } = this;
    const empty = make(
      "div",
      { class: "nothing" },
      make("p", { text: this.data.mayEdit ? words.emptyEdit : words.emptyView }),
    );
    if (this.data.mayEdit) {
      empty.append(button("add", words.addTask, () => this.dialogs.add(null), { words: words.addTask }));
    }
    const hint = make("div", { class: "unseen", id: "editor-hint", text: words.hint });
    this.frame.append(this.strip.element, this.told.element, empty, this.sheet.pane, this.strip.task, hint);
    this.frame.append(this.tips.element);
  }

  async begin() {
    await this.reload();
    this.watch.soon(EVERY);
    void this.outbox.pump();
  }

  /** @param {Component} component */
  receive(component) {
    const before = this.data;
    this.component = component;
    this.data = component.data;
    this.words = this.data.words;
    this.paintTheme();
    const { selected, turn, baseline } = this.data;
    if (turn !== before.turn && selected !== this.selected) {
      this.selected = selected;
      this.panel.isClosed = selected === null;
      if (this.shown) this.redraw();
      this.strip.updateTask();
      if (selected === null) this.sheet.comeBack(this.active);
      else {
        this.panel.begin();
        this.panel.reveal();
        void this.goFromOutside(selected);
      }
    }
    const isOther = baseline !== this.baseline;
    this.baseline = baseline;
    if (isOther || before.mayEdit !== this.data.mayEdit) void this.reload();
    else this.watch.soon(0); // the script ran: it may have changed the plan
  }

  /** @param {Data} data */
  isFor(data) {
    return data.roadmap === this.data.roadmap && data.person === this.data.person && data.language === this.data.language;
  }

  leave() {
    this.keys.flush();
    this.left = true;
    this.outbox.leave();
    this.watch.leave();
    this.hands.leave();
    this.sheet.leave();
    this.dialogs.close();
    this.frame.replaceChildren();
  }

  /** The colours of the house for the paper that the theme has. */
  paintTheme() {
    const paper = getComputedStyle(this.frame).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
    const isNight = paper[0] * 0.3 + paper[1] * 0.6 + paper[2] * 0.1 < 110;
    const colours = isNight ? this.data.colours.night : this.data.colours.day;
    for (const [name, colour] of Object.entries(colours)) this.frame.style.setProperty(`--c-${name}`, colour);
    this.frame.classList.toggle("night", isNight);
  }

  // ------------------------------------------------------------------ to the server and back

  /**
   * Do something to the plan: at once on its way; shown where it was dropped until answered.
   * @param {Act[]} acts
   * @param {Map<number, Ghost>} [ghosts]
   */
  act(acts, ghosts = new Map()) {
    if (!this.shown || !this.mayEdit) return;
    this.told.refuse("");
    const item = this.outbox.add(acts, this.shown.picture);
    this.ghosts.set(item.key, ghosts);
    this.waits();
    for (const id of ghosts.keys()) this.sheet.refresh(id);
  }

  /**
   * @param {Item} item
   * @param {number} status
   * @param {any} answer
   */
  heard(item, status, answer) {
    this.ghosts.delete(item.key);
    this.watch.number += 1; // what was asked before this answer is older than it
    // but it may show the plan as it was looked at when it was sent
    this.watch.owes ||= JSON.stringify(this.lookSent) !== JSON.stringify(this.look);
    const picture = status === 200 ? answer : answer?.picture;
    const task = item.acts.map((act) => act.task ?? act.from).find((id) => typeof id === "number");
    if (picture) this.take(picture);
    else if (this.shown) this.redraw();
    if (status === 200) this.arrived(answer);
    else if (status === 409) this.ask(item, answer?.stale);
    else this.refused(status, answer?.error, /** @type {number | undefined} */ (task) ?? null);
    this.watch.soon(this.watch.owes ? 0 : EVERY);
  }

  /** @param {Picture} picture */
  arrived(picture) {
    const [added] = picture.added ?? [];
    if (added !== undefined) this.goTo(added);
  }

  /**
   * @param {number} status
   * @param {string | undefined} sentence
   * @param {number | null} task
   */
  refused(status, sentence, task) {
    const { words } = this;
    const known = status === 403 ? words.forbidden : status === 404 ? words.gone : words.notDone;
    this.told.refuse(sentence || known, task);
  }

  /**
   * @param {Item} item
   * @param {Stale | undefined} stale
   */
  ask(item, stale) {
    if (!stale) {
      this.outbox.resume();
      this.refused(409, undefined, null);
      return;
    }
    if (this.dialogs.isOpen || this.naming || this.hands.gesture) {
      setTimeout(() => !this.left && this.ask(item, stale), LATER); // what is typed or held comes first
      return;
    }
    this.dialogs.conflict(item, stale, (isAgain) => {
      if (isAgain && this.shown) this.outbox.add(item.acts, this.shown.picture);
      this.outbox.resume();
    });
  }

  /** @param {number} status */
  asked(status) {
    this.frame.classList.remove("loading");
    this.isCut = status === 0 || status >= 500;
    this.isSignedOut = status === 401;
    if (status === 403 || status === 404) this.told.refuse(status === 403 ? this.words.closed : this.words.gone);
    if (!this.isCut && !this.isSignedOut && this.outbox.isStuck) this.outbox.again();
    this.waits();
  }

  /** Say what waits; the page's own attributes tell it to whoever looks from outside. */
  waits() {
    this.told.wait(this.outbox);
    this.frame.dataset.waiting = String(this.outbox.items.length);
    this.frame.dataset.version = String(this.shown?.version ?? "");
  }

  // ------------------------------------------------------------------ acts

  /** @param {"undo" | "redo"} what */
  back(what) {
    if (!this.mayEdit) return;
    this.keys.flush();
    const isWaiting = this.outbox.items.length > 0;
    const seq = this.shown?.picture[`${what}Seq`];
    if (isWaiting) this.act([{ do: what }]); // what is on its way will be the last by then
    else if (this.shown?.picture[what]) this.act([seq === undefined ? { do: what } : { do: what, seq }]);
    else this.say(what === "undo" ? this.words.nothingToUndo : this.words.nothingToRedo);
  }

  /**
   * @param {number} id
   * @param {number} percent
   */
  setDone(id, percent) {
    const row = this.hands.heldRow(id);
    if (!row || percent === row.done) return;
    const doneEnd = row.start + ((row.end - row.start) * percent) / 100;
    this.act([{ do: "progress", task: id, percent }], new Map([[id, { doneEnd, done: percent }]]));
  }

  /** @param {Row} row */
  askDone(row) {
    if (row.shape === "stage") this.told.refuse(this.words.stageDone, row.id);
    else this.dialogs.progress(row);
  }

  /**
   * @param {number | null} below
   * @param {string} title
   * @param {number} length
   */
  add(below, title, length) {
    if (title) this.act([{ do: "add", below, title, length }]);
  }

  /** @param {number} id */
  remove(id) {
    if (this.selected === id) this.select(null);
    this.act([{ do: "remove", task: id }]);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {Kind} kind
   */
  link(from, to, kind) {
    this.act([{ do: "link", from, to, kind: kind.toUpperCase(), lag: 0 }]);
  }

  /** @param {Link} link */
  unlink({ from, to, kind }) {
    this.act([{ do: "unlink", from, to, kind: kind.toUpperCase() }]);
  }

  /**
   * @param {Link} link
   * @param {Kind} kind
   * @param {number} lag
   */
  changeLink({ from, to, kind: before, lag: known }, kind, lag) {
    const [old, wanted] = [before.toUpperCase(), kind.toUpperCase()];
    if (kind !== before) {
      this.act([{ do: "unlink", from, to, kind: old }, { do: "link", from, to, kind: wanted, lag }]);
    } else if (lag !== known) {
      this.act([{ do: "lag", from, to, kind: old, lag }]);
    }
  }

  // ------------------------------------------------------------------ choosing

  /** @param {number} id */
  clicked(id) {
    if (this.linking && this.linking.from !== id) {
      this.setActive(id);
      this.endLink();
      return;
    }
    this.told.refuse("");
    this.setActive(id);
    if (this.selected !== id && !this.panel.isClosed) this.select(id);
  }

  /** Show the active task in the panel. */
  open() {
    if (this.active === null) return;
    this.panel.isClosed = false;
    if (this.selected !== this.active) this.select(this.active);
    this.panel.reveal();
  }

  /** The button of it: where the panel is seen beside the chart, a second press closes it. */
  details() {
    if (this.selected !== null && this.panel.isBeside) this.close();
    else this.open();
  }

  close() {
    if (this.selected === null) return;
    this.panel.isClosed = true;
    this.select(null);
  }

  escape() {
    if (this.told.isOpen) {
      this.told.toggle();
      return;
    }
    this.told.refuse("");
    this.close();
  }

  /**
   * @param {string} name
   * @param {MouseEvent} event
   */
  chooseLink(name, event) {
    const link = this.shown?.layout.links.find((one) => linkName(one) === name);
    if (!link) return;
    this.chosenLink = link;
    this.drawLinks();
    this.dialogs.link(link, new DOMRect(event.clientX, event.clientY, 0, 0));
  }

  leaveLink() {
    this.chosenLink = null;
    this.drawLinks();
  }

  drawLinks() {
    const [from, until] = this.sheet.window;
    this.sheet.ground.drawLinks(from, until);
  }

  /** @param {number} from */
  startLink(from) {
    this.linking = { from, kind: /** @type {Kind} */ ("fs") };
    this.sheet.refresh(from);
    this.strip.updateTask();
    this.say(fill(this.words.linkHint, { task: this.shown?.row(from)?.title ?? "" }));
    this.grid.focus({ preventScroll: true });
  }

  /** @param {Kind} kind */
  linkAs(kind) {
    if (!this.linking) return;
    this.linking.kind = kind;
    this.strip.updateTask();
    this.say(this.words.kindNamed[kind]);
  }

  endLink() {
    const { linking, active } = this;
    if (!linking || active === null || active === linking.from) return;
    this.stopLink();
    this.link(linking.from, active, linking.kind);
  }

  stopLink() {
    const from = this.linking?.from ?? null;
    this.linking = null;
    this.sheet.refresh(from);
    this.strip.updateTask();
    this.followPanel();
    this.grid.focus({ preventScroll: true });
  }

  /** @param {string} words */
  say(words) {
    this.told.say(words);
  }

  // ------------------------------------------------------------------ names

  /** @param {number | null} id */
  name(id) {
    const row = this.shown?.row(id);
    if (!row || !this.mayEdit) return;
    this.setActive(row.id);
    this.sheet.reveal(row.id, false);
    this.sheet.drawRows(false);
    new Naming(this, row);
  }
}
