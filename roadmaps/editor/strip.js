// @ts-check
/** Buttons: above the chart for the whole plan, below it for the task that is active. */

class Strip {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    const { words } = editor;
    this.undo = button("undo", words.undo, () => editor.back("undo"));
    this.redo = button("redo", words.redo, () => editor.back("redo"));
    this.add = button("add", words.addTask, () => editor.dialogs.add(editor.activeRow), { words: words.addTask });
    this.columns = button("columns", words.columns, () => editor.toggleFigures());
    this.head = make("span", { class: "ends" });
    this.edits = make("div", { class: "set edits" }, this.add, this.undo, this.redo);
    this.element = make(
      "div",
      { class: "strip", role: "group", "aria-label": words.tools },
      this.edits,
      make(
        "div",
        { class: "set" },
        button("minus", words.zoomOut, () => editor.zoom(1 / STEP)),
        button("add", words.zoomIn, () => editor.zoom(STEP), { part: "plus" }),
        button("whole", words.zoomWhole, () => editor.whole()),
        button("today", words.goToday, () => editor.showToday()),
        this.columns,
        button("help", words.help_, () => editor.dialogs.help()),
      ),
      this.head,
    );
    this.name = make("span", { class: "chosen" });
    this.acts = this.taskTools();
    this.kinds = this.linkTools();
    const open = button("details", words.details, () => editor.open(), { words: words.details });
    const label = { class: "task", role: "group", "aria-label": words.taskTools, hidden: true };
    this.task = make("div", label, this.name, this.acts, open, this.kinds);
  }

  /** What can be done to the active task. */
  taskTools() {
    const { editor } = this;
    const { words } = editor;
    const row = () => /** @type {Row} */ (editor.activeRow);
    const shift = (/** @type {string} */ move) => editor.act([{ do: "shift", task: editor.active, move }]);
    return make(
      "div",
      { class: "set" },
      button("name", words.rename, () => editor.name(editor.active)),
      button("percent", words.progress, () => editor.askDone(row())),
      button("link", words.linkFrom, () => editor.startLink(row().id)),
      button("more", words.links, () => editor.dialogs.links(row()), { part: "links" }),
      button("up", words.moveUp, () => shift("up")),
      button("down", words.moveDown, () => shift("down")),
      button("out", words.moveOut, () => shift("out")),
      button("into", words.moveInto, () => shift("into")),
      button("free", words.free, () => editor.act([{ do: "free", task: editor.active }])),
      button("remove", words.remove, () => editor.dialogs.remove(row())),
    );
  }

  /** While a link is being made, the kinds stand where the acts stood. */
  linkTools() {
    const { editor } = this;
    const { words } = editor;
    const kinds = KINDS.map((kind) =>
      make("button", {
        type: "button",
        class: "worded kind",
        text: kind.toUpperCase(),
        title: words.kinds[kind],
        "aria-label": `${kind.toUpperCase()}: ${words.kinds[kind]}`,
        "data-kind": kind,
        on: { click: () => editor.linkAs(kind) },
      }),
    );
    const stop = make("button", { type: "button", class: "worded", text: words.cancel, on: { click: () => editor.stopLink() } });
    return make("div", { class: "set kinds", hidden: true }, ...kinds, stop);
  }

  /** Show what can be done now. */
  update() {
    const { editor } = this;
    const { shown, words } = editor;
    if (!shown) return;
    this.offer(this.undo, words.undo, words.undoOf, shown.picture.undo);
    this.offer(this.redo, words.redo, words.redoOf, shown.picture.redo);
    this.edits.hidden = !editor.mayEdit;
    const { head } = shown.picture;
    this.head.textContent = head && shown.rows.length ? fill(words.endsOn, { day: head.ends }) : "";
    this.updateTask();
  }

  updateTask() {
    const { editor } = this;
    const row = editor.activeRow;
    const { linking, words } = editor;
    this.task.hidden = !row;
    if (!row) return;
    const from = linking && editor.shown?.row(linking.from);
    this.name.textContent = linking && from ? fill(words.linkingFrom, { task: from.title, kind: linking.kind.toUpperCase() }) : `${row.number}. ${row.title}`;
    this.acts.hidden = !editor.mayEdit || linking !== null;
    this.kinds.hidden = linking === null;
    for (const face of this.kinds.querySelectorAll("[data-kind]") ?? []) {
      face.setAttribute("aria-pressed", String(face.getAttribute("data-kind") === linking?.kind));
    }
  }

  /**
   * @param {HTMLElement} face
   * @param {string} bare
   * @param {string} worded
   * @param {string | null} what
   */
  offer(face, bare, worded, what) {
    const words = what ? fill(worded, { what }) : bare;
    face.title = words;
    face.setAttribute("aria-label", words);
    face.setAttribute("aria-disabled", String(!what));
  }
}

/** What hovering over a bar tells: dates, length, float, who, and what is wrong. */
class Tips {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = make("div", { class: "tip-box", hidden: true, "aria-hidden": "true" });
    this.id = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    editor.sheet.scroll.addEventListener("pointerleave", () => this.hide());
    editor.sheet.scroll.addEventListener("scroll", () => this.hide(), { passive: true });
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (event.pointerType !== "mouse") return;
    const part = partOf(event);
    const isOn = part && ["bar", "title", "stretch", "progress"].includes(part.dataset.part ?? "");
    const id = isOn ? Number(/** @type {HTMLElement} */ (part.closest("[data-task]"))?.dataset.task) : 0;
    if (id === this.id) return;
    this.hide();
    this.id = id;
    const { clientX, clientY } = event;
    if (id) this.timer = setTimeout(() => this.show(id, clientX, clientY), 450);
  }

  hide() {
    clearTimeout(this.timer);
    this.id = 0;
    this.element.hidden = true;
  }

  /**
   * @param {number} id
   * @param {number} x
   * @param {number} y
   */
  show(id, x, y) {
    const { shown, words, frame } = this.editor;
    const row = shown?.row(id);
    if (!shown || !row || this.editor.dialogs.isOpen || this.editor.naming) return;
    const info = shown.info(id);
    const float = row.critical ? words.critical : info.float && fill(words.floatIs, { float: info.float });
    const lines = [
      [info.when, info.length].filter(Boolean).join(" · "),
      [info.who, fill(words.percent, { n: row.done })].filter(Boolean).join(" · "),
      float, info.bound, info.deadline, info.asked, info.why ?? (row.placed ? words.placed : ""),
    ];
    this.element.replaceChildren(
      make("b", { text: row.title }),
      ...lines.filter(Boolean).map((text) => make("div", { text: /** @type {string} */ (text) })),
    );
    this.element.hidden = false;
    const box = frame.getBoundingClientRect();
    const left = clamp(x - box.left + 12, 4, box.width - this.element.offsetWidth - 4);
    const below = y - box.top + 22;
    const isRoom = y + 22 + this.element.offsetHeight < window.innerHeight;
    this.element.style.transform = `translate(${left}px, ${isRoom ? below : y - box.top - this.element.offsetHeight - 12}px)`;
  }
}
