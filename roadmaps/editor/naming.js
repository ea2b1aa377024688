// @ts-check
/** A name that is being typed in its row; new pictures leave it alone. */

class Naming {
  /**
   * @param {Editor} editor
   * @param {Row} row
   */
  constructor(editor, row) {
    this.editor = editor;
    this.row = row;
    const title = editor.sheet.rows.get(row.id)?.querySelector(".title");
    if (!title) return;
    this.input = /** @type {HTMLInputElement} */ (
      make("input", {
        class: "naming",
        "data-part": "naming",
        maxlength: "300",
        autocomplete: "off",
        "aria-label": editor.words.nameOf,
        value: editor.ghost(row.id)?.title ?? row.title,
      })
    );
    title.replaceWith(this.input);
    editor.naming = { task: row.id, input: this.input };
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.end(true));
    this.input.focus();
    this.input.select();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    event.stopPropagation(); // the page's own keys are letters too
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    this.end(event.key === "Enter");
    this.editor.grid.focus({ preventScroll: true });
  }

  /** @param {boolean} isKept */
  end(isKept) {
    const { editor, row, input } = this;
    if (!input || editor.naming?.input !== input || editor.left) return;
    editor.naming = null;
    if (!editor.shown?.has(row.id)) {
      editor.grid.focus({ preventScroll: true }); // somebody has removed the task meanwhile
      return;
    }
    const title = input.value.trim();
    const known = editor.shown?.row(row.id)?.title ?? row.title;
    if (isKept && title && title !== known) {
      editor.act([{ do: "rename", task: row.id, title }], new Map([[row.id, { title }]]));
    }
    editor.sheet.refresh(row.id);
  }
}
