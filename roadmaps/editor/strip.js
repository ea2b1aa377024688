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
    this.today = button("today", words.goToday, () => editor.showToday());
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
        button("further", words.zoomOut, () => editor.zoom(1 / STEP)),
        button("closer", words.zoomIn, () => editor.zoom(STEP)),
        button("whole", words.zoomWhole, () => editor.whole()),
        this.today,
        this.columns,
        button("help", words.help_, () => editor.dialogs.help()),
      ),
      this.head,
    );
    this.name = make("span", { class: "chosen" });
    this.acts = this.taskTools();
    this.kinds = this.linkTools();
    this.open = tool("details", words.details, () => editor.details(), words.details);
    this.rest = tool("rest", words.moreTools, () => this.openOthers(), words.short.rest);
    this.rest.setAttribute("aria-haspopup", "dialog");
    this.stop = make("button", { type: "button", class: "worded", text: words.cancel, on: { click: () => editor.stopLink() } });
    const label = { class: "task", role: "group", "aria-label": words.taskTools, hidden: true };
    this.task = make("div", label, this.name, ...this.acts, this.open, this.rest, this.stop, this.kinds);
  }

  /** What can be done to the active task; the first of them are meant most often. */
  taskTools() {
    const { editor } = this;
    const { words } = editor;
    const row = () => /** @type {Row} */ (editor.activeRow);
    const shift = (/** @type {string} */ move) => editor.act([{ do: "shift", task: editor.active, move }]);
    /** @type {Tool[]} */
    const usual = [
      ["link", words.linkFrom, () => editor.startLink(row().id), words.short.link],
      ["percent", words.progress, () => editor.askDone(row()), words.short.progress],
    ];
    /** @type {Tool[]} */
    this.others = [
      ["name", words.rename, () => editor.name(editor.active), words.short.rename],
      ["chain", words.links, () => editor.dialogs.links(row()), words.short.links],
      ["up", words.moveUp, () => shift("up"), ""],
      ["down", words.moveDown, () => shift("down"), ""],
      ["out", words.moveOut, () => shift("out"), ""],
      ["into", words.moveInto, () => shift("into"), ""],
      ["free", words.free, () => editor.act([{ do: "free", task: editor.active }]), ""],
      ["remove", words.remove, () => editor.dialogs.remove(row()), words.remove],
    ];
    const faces = (/** @type {Tool[]} */ tools) => tools.map(([name, label, act, short]) => tool(name, label, act, short));
    return [make("div", { class: "set usual" }, ...faces(usual)), make("div", { class: "set others" }, ...faces(this.others))];
  }

  /** Where there is little room, the rest of the tools opens as a list. */
  openOthers() {
    this.editor.dialogs.choose(this.editor.words.moreTools, this.rest.getBoundingClientRect(), this.others ?? []);
  }

  /** While a link is being made, the kinds stand where the acts stood. */
  linkTools() {
    const { editor } = this;
    const { words } = editor;
    const kinds = KINDS.map((kind) =>
      make(
        "button",
        {
          type: "button",
          class: "worded kind",
          title: words.kindNamed[kind],
          "aria-label": words.kindNamed[kind],
          "data-kind": kind,
          on: { click: () => editor.linkAs(kind) },
        },
        make("b", { text: words.letters[kind] }),
        make("span", { class: "words", text: words.kinds[kind] }),
      ),
    );
    return make("div", { class: "set kinds", hidden: true }, ...kinds);
  }

  /** Show what can be done now. */
  update() {
    const { editor } = this;
    const { shown, words } = editor;
    if (!shown) return;
    this.offer(this.undo, words.undo, words.undoOf, shown.picture.undo);
    this.offer(this.redo, words.redo, words.redoOf, shown.picture.redo);
    this.offer(this.today, editor.todayAway, words.goToday, editor.todayAway ? null : words.today);
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
    this.name.textContent = linking && from ? fill(words.linkingFrom, { task: from.title, kind: words.kindNamed[linking.kind] }) : `${row.number}. ${row.title}`;
    this.name.title = this.name.textContent;
    this.task.classList.toggle("linking", linking !== null);
    for (const part of [...this.acts, this.rest]) part.hidden = !editor.mayEdit || linking !== null;
    this.open.hidden = linking !== null;
    this.open.setAttribute("aria-expanded", String(editor.selected !== null));
    this.stop.hidden = linking === null;
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

/** @typedef {[keyof typeof ICONS, string, () => void, string]} Tool - icon, what it does, the act, a short word */

/**
 * A tool of the chosen task: the icon, and its word where there is room for it.
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {() => void} act
 * @param {string} short
 */
function tool(name, label, act, short) {
  const face = button(name, label, act, { part: name === "chain" ? "links" : name });
  face.classList.add("tool");
  if (short) face.append(make("span", { class: "words", text: short }));
  return face;
}
