// @ts-check

const PAUSE = 400; // [ms] that the pointer rests on a bar before it is told of

/** What hovering over a bar tells: dates, length, float, who, and what is wrong. */
class Tips {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = make("div", { class: "tip-box", hidden: true, "aria-hidden": "true" });
    this.id = 0;
    this.x = 0; // of the pointer
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    editor.sheet.scroll.addEventListener("pointerleave", () => this.hide());
    editor.sheet.scroll.addEventListener("scroll", () => this.hide(), { passive: true });
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (event.pointerType !== "mouse") return;
    this.x = event.clientX;
    const part = partOf(event);
    const isOn = part && ["bar", "title", "stretch", "progress"].includes(part.dataset.part ?? "");
    const id = isOn ? Number(/** @type {HTMLElement} */ (part.closest("[data-task]"))?.dataset.task) : 0;
    if (id === this.id) return;
    this.hide();
    this.id = id;
    if (id) this.timer = setTimeout(() => this.show(id), PAUSE);
  }

  hide() {
    clearTimeout(this.timer);
    this.id = 0;
    this.element.hidden = true;
  }

  get mayShow() {
    const { dialogs, naming, told, linking, hands } = this.editor;
    return !dialogs.isOpen && !naming && !told.isOpen && !linking && !hands.gesture;
  }

  /** @param {number} id */
  show(id) {
    const { shown, words } = this.editor;
    const row = shown?.row(id);
    if (!shown || !row || !this.mayShow) return;
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
    this.place(id);
  }

  /**
   * Below the row, or above it where tools or the window's end stand; never over the names.
   * @param {number} id
   */
  place(id) {
    const { frame, sheet, strip } = this.editor;
    const box = frame.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.element;
    const row = (sheet.rows.get(id) ?? frame).getBoundingClientRect();
    const tools = strip.task.hidden ? window.innerHeight : strip.task.getBoundingClientRect().top;
    const isRoom = row.bottom + 4 + offsetHeight < Math.min(window.innerHeight, tools);
    const top = isRoom ? row.bottom + 4 : row.top - offsetHeight - 4;
    const left = clamp(this.x - box.left + 14, sheet.side + 4, box.width - offsetWidth - 4);
    this.element.style.transform = `translate(${left}px, ${top - box.top}px)`;
  }
}
