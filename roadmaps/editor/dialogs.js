// @ts-check
/**
 * Small questions. The browser's own dialog keeps the focus inside, closes on Escape and lies
 * above everything; the focus then returns to the chart.
 */

const LONGEST = 1_000_000; // units: the server says what is too long for a plan

class Dialogs {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {HTMLDialogElement | null} */
    this.dialog = null;
  }

  get isOpen() {
    return this.dialog !== null;
  }

  /**
   * @param {{label: string, kind: string, at?: DOMRect | null, role?: string,
   *   closed?: () => void, stays?: boolean}} options - `stays`: only a button closes it
   * @param {...(Node | null | false)} content
   */
  open({ label, kind, at = null, role = "dialog", closed, stays = false }, ...content) {
    this.close();
    const dialog = /** @type {HTMLDialogElement} */ (
      make("dialog", { class: `ask ${kind}`, "aria-label": label, role, "data-ask": kind }, ...content)
    );
    this.dialog = dialog;
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (stays && event.key === "Escape") event.preventDefault();
    });
    dialog.addEventListener("cancel", (event) => stays && event.preventDefault());
    // By the click, not by the press: the rest of it would fall on what lies below.
    dialog.addEventListener("click", (event) => event.target === dialog && !stays && isBeside(dialog, event) && this.close());
    dialog.addEventListener("close", () => {
      if (this.dialog === dialog) this.dialog = null;
      dialog.remove();
      closed?.();
      if (!this.editor.naming) this.editor.grid.focus({ preventScroll: true }); // it was asked for here
    });
    this.editor.frame.append(dialog);
    dialog.showModal();
    if (at) placeBeside(dialog, at);
    return dialog;
  }

  close() {
    this.dialog?.close();
  }

  /**
   * @param {string} words
   * @param {() => void} act
   * @param {string} [kind]
   */
  does(words, act, kind = "plain") {
    const click = () => {
      this.close();
      act();
    };
    return make("button", { type: "button", class: `worded ${kind}`, text: words, "data-act": kind, on: { click } });
  }

  /**
   * A form that closes when it is sent.
   * @param {(form: HTMLFormElement) => void} sent
   * @param {...(Node | null | false)} content
   */
  form(sent, ...content) {
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.currentTarget);
      this.close();
      sent(form);
    };
    return make("form", { on: { submit } }, ...content);
  }

  cancel() {
    return this.does(this.editor.words.cancel, () => {}, "cancel");
  }

  // ------------------------------------------------------------------ the questions

  /** @param {Row} row */
  remove(row) {
    const { words } = this.editor;
    const asked = fill(row.shape === "stage" ? words.removeStage : words.removeTask, { task: row.title });
    this.open(
      { label: asked, kind: "remove", role: "alertdialog", at: this.editor.sheet.boxOf(row.id) },
      make("p", { text: asked }),
      make("p", { class: "quiet", text: words.removeBack }),
      make(
        "div",
        { class: "buttons" },
        this.does(words.remove, () => this.editor.remove(row.id), "danger"),
        this.does(words.keep, () => {}),
      ),
    );
  }

  /** @param {Row} row */
  progress(row) {
    const { words } = this.editor;
    const field = numberField("percent", row.done, 0, 100);
    const whole = this.does(words.doneWhole, () => this.editor.setDone(row.id, 100));
    this.open(
      { label: fill(words.progressOf, { task: row.title }), kind: "progress", at: this.editor.sheet.boxOf(row.id) },
      this.form(
        () => this.editor.setDone(row.id, clamp(Math.round(Number(field.value) || 0), 0, 100)),
        labelled(words.progress, field),
        make("div", { class: "buttons" }, submit(words.save), whole, this.cancel()),
      ),
    );
    field.select();
  }

  /** @param {Row | null} above */
  add(above) {
    const { words } = this.editor;
    const title = /** @type {HTMLInputElement} */ (
      make("input", { name: "title", required: true, maxlength: "300", autocomplete: "off" })
    );
    const length = numberField("length", 1, 0, LONGEST);
    const unit = this.editor.shown?.picture.unit ?? "day";
    this.open(
      { label: words.addTask, kind: "add", at: above && this.editor.sheet.boxOf(above.id) },
      this.form(
        () => this.editor.add(above?.id ?? null, title.value.trim(), Math.max(0, Math.round(Number(length.value) || 0))),
        labelled(above ? fill(words.addBelow, { task: above.title }) : words.addFirst, title),
        labelled(words.lengthIn[unit], length),
        make("div", { class: "buttons" }, submit(words.addTask), this.cancel()),
      ),
    );
    title.focus();
  }

  /**
   * @param {Link} link
   * @param {DOMRect} at
   */
  link(link, at) {
    const { words, shown } = this.editor;
    const names = [link.from, link.to].map((id) => shown?.row(id)?.title ?? "…");
    const head = make("p", { class: "ends" }, make("b", { text: names[0] }), make("span", { text: " → " }), make("b", { text: names[1] }));
    if (!this.editor.mayEdit) {
      const told = `${words.kindNamed[link.kind]}, ${fill(words.lagIs, { n: link.lag })}`;
      const close = make("div", { class: "buttons" }, this.does(words.close, () => {}));
      this.open({ label: words.link, kind: "link", at, closed: () => this.editor.leaveLink() }, head, make("p", { text: told }), close);
      return;
    }
    const kind = choice("kind", Object.fromEntries(KINDS.map((one) => [one, words.kindNamed[one]])), link.kind);
    const lag = numberField("lag", link.lag, -LONGEST, LONGEST);
    this.open(
      { label: words.link, kind: "link", at, closed: () => this.editor.leaveLink() },
      head,
      this.form(
        () => this.editor.changeLink(link, /** @type {Kind} */ (kind.value), Math.round(Number(lag.value) || 0)),
        labelled(words.kind, kind),
        labelled(words.lagIn[shown?.picture.unit ?? "day"], lag),
        make(
          "div",
          { class: "buttons" },
          submit(words.save),
          this.does(words.removeLink, () => this.editor.unlink(link), "danger"),
          this.cancel(),
        ),
      ),
    );
    lag.focus();
    lag.select();
  }

  /** @param {Row} row */
  links(row) {
    const { words, shown, sheet } = this.editor;
    const links = shown?.linksOf(row.id) ?? [];
    if (links.length === 0) {
      this.editor.say(words.noLinks);
      return;
    }
    const at = sheet.boxOf(row.id);
    if (links.length === 1) {
      this.link(links[0], at);
      return;
    }
    const items = links.map((link) => {
      const other = shown?.row(link.from === row.id ? link.to : link.from);
      const told = link.from === row.id ? words.leadsTo : words.waitsFor;
      const name = `${fill(told, { task: other?.title ?? "…" })} · ${words.kindNamed[link.kind]}`;
      return make("li", {}, this.does(name, () => this.link(link, at), "choose"));
    });
    const dialog = this.open(
      { label: fill(words.linksOf, { task: row.title }), kind: "links", at },
      make("p", { class: "quiet", text: words.chooseLink }),
      make("ul", {}, ...items),
      make("div", { class: "buttons" }, this.cancel()),
    );
    dialog.addEventListener("keydown", (event) => walk(event, [...dialog.querySelectorAll("button")]));
  }

  /**
   * A list of things to do, one of them is done.
   * @param {string} label
   * @param {DOMRect} at
   * @param {Tool[]} tools
   */
  choose(label, at, tools) {
    const items = tools.map(([name, words, act]) => {
      const face = this.does("", act, "choose");
      face.dataset.act = name === "chain" ? "links" : name;
      face.append(icon(name), make("span", { text: words }));
      return make("li", {}, face);
    });
    const dialog = this.open({ label, kind: "tools", at }, make("ul", {}, ...items), make("div", { class: "buttons" }, this.cancel()));
    dialog.addEventListener("keydown", (event) => walk(event, [...dialog.querySelectorAll("button")]));
  }

  help() {
    const { words } = this.editor;
    const title = make("h2", { text: words.help_, tabindex: "-1", autofocus: true });
    const head = make("div", { class: "heading" }, title, button("close", words.close, () => this.close()));
    const dialog = this.open({ label: words.help_, kind: "help" }, head, make("div", { class: "columns" }, ...helpOf(words)));
    title.focus({ preventScroll: true });
    dialog.scrollTop = 0;
  }

  /**
   * Somebody else changed the same: theirs, mine, and what it was.
   * @param {Item} item
   * @param {Stale} stale
   * @param {(again: boolean) => void} chosen
   */
  conflict(item, stale, chosen) {
    const { words } = this.editor;
    const isBack = item.acts.some((act) => act.do === "undo" || act.do === "redo");
    const heads = [words.field, words.original, words.theirs, words.mine];
    const rows = stale.rows.map(({ field, original, current, yours }) =>
      make("tr", {}, make("th", { text: field, scope: "row" }), ...[original, current, yours].map((text) => make("td", { text: text || "—" }))),
    );
    const table = make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { text, scope: "col" })))),
      make("tbody", {}, ...rows),
    );
    let isChosen = false;
    const choose = (/** @type {boolean} */ isAgain) => {
      if (!isChosen) chosen(isAgain);
      isChosen = true;
    };
    const keep = this.does(isBack ? words.understood : words.keepTheirs, () => choose(false), "keep");
    const again = isBack ? null : this.does(words.putMine, () => choose(true), "again");
    // A browser lets Escape close it all the same when it is pressed often enough.
    const closed = () => choose(false);
    this.open(
      { label: stale.title, kind: "conflict", role: "alertdialog", stays: true, closed },
      make("h2", { text: isBack ? words.undoStopped : words.conflict }),
      make("p", { text: stale.title }),
      make("div", { class: "wide" }, table),
      make("div", { class: "buttons" }, keep, again),
    );
  }
}

/**
 * Did a click fall outside of a dialog? One on its own margin has it as its target too.
 * @param {HTMLElement} dialog
 * @param {MouseEvent} event
 */
function isBeside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/**
 * Put a dialog beside what it is about, inside of the window.
 * @param {HTMLElement} dialog
 * @param {DOMRect} at
 */
function placeBeside(dialog, at) {
  const { innerWidth, innerHeight } = window;
  const left = clamp(at.left, 8, innerWidth - dialog.offsetWidth - 8);
  const isBelow = at.bottom + 8 + dialog.offsetHeight < innerHeight;
  const top = isBelow ? at.bottom + 8 : Math.max(8, at.top - dialog.offsetHeight - 8);
  Object.assign(dialog.style, { left: `${left}px`, top: `${clamp(top, 8, innerHeight - 60)}px`, margin: "0" });
}

/**
 * Walk through a list of buttons by arrows.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} faces
 */
function walk(event, faces) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const place = faces.indexOf(/** @type {HTMLElement} */ (event.target)) + by;
  faces[(place + faces.length) % faces.length].focus();
}

/**
 * @param {string} words
 * @param {HTMLElement} field
 */
function labelled(words, field) {
  return make("label", {}, make("span", { text: words }), field);
}

/** @param {string} words */
function submit(words) {
  return make("button", { type: "submit", class: "worded primary", text: words, "data-act": "save" });
}

/**
 * @param {string} name
 * @param {number} value
 * @param {number} min
 * @param {number} max
 */
function numberField(name, value, min, max) {
  const field = make("input", { type: "number", name, min, max, step: "1", inputmode: "numeric", value: String(value) });
  return /** @type {HTMLInputElement} */ (field);
}

/**
 * @param {string} name
 * @param {Object<string, string>} options
 * @param {string} chosen
 */
function choice(name, options, chosen) {
  const items = Object.entries(options).map(([value, text]) => make("option", { value, text, selected: value === chosen }));
  return /** @type {HTMLSelectElement} */ (make("select", { name }, ...items));
}
