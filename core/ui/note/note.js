// @ts-check
/**
 * The note: a text field that keeps what is typed (draft.js). The page's script gets the text
 * when the field is left, and before a shortcut or a button acts on it.
 */

/** @type {WeakMap<ShadowRoot, Note>} */
const notes = new WeakMap();

/** @param {Component} component */
export default function render(component) {
  const root = component.parentElement;
  let note = notes.get(root);
  if (note && !note.isFor(component.data)) {
    note.leave();
    note = undefined;
  }
  if (note) {
    note.receive(component);
  } else {
    note = new Note(component);
    notes.set(root, note);
  }
  return () => {
    notes.get(root)?.leave();
    notes.delete(root);
  };
}

class Note extends Draft {
  /** @param {Component} component */
  constructor(component) {
    super(component);
    this.root = component.parentElement;
    this.field = /** @type {HTMLTextAreaElement} */ (this.root.querySelector("textarea"));
    this.lastText = ""; // what stood in the field when it was left
    this.isInterrupted = false; // Streamlit's own dialog has taken the focus
    forget(`${PREFIX}${this.data.person}:`); // on a shared computer, the words of others
    this.text = this.data.text;
    this.takeCopy();
    this.listen();
    this.paint();
  }

  get text() {
    return this.left ? this.lastText : this.field.value;
  }

  set text(text) {
    if (this.field.value !== text) this.field.value = text;
  }

  /** @param {Data} data */
  isFor(data) {
    return data.draft === this.data.draft && data.person === this.data.person;
  }

  get length() {
    const text = this.field.value;
    return text.length <= this.data.limit ? text.length : [...text].length;
  }

  get form() {
    const host = this.root.host ?? this.root;
    return host.closest('[data-testid="stForm"]');
  }

  // ------------------------------------------------------------------ what happens

  listen() {
    this.onInput = () => this.changed();
    this.onLeave = () => {
      this.handOver(true);
      this.isInterrupted = connectionDialog() !== null;
      if (this.isInterrupted) this.takeFocusBack();
      else requestAnimationFrame(() => this.takeFocusBack());
    };
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.pressed(event);
    this.onClick = (/** @type {Event} */ event) => this.clicked(event);
    this.onHide = () => document.visibilityState === "hidden" && this.sendNow(true);
    this.onUnload = () => this.sendNow(true);
    this.onOnline = () => this.retryNow();
    this.field.addEventListener("input", this.onInput);
    this.field.addEventListener("blur", this.onLeave);
    // On the window and capturing: before any shortcut or button of the page acts.
    window.addEventListener("keydown", this.onKey, true);
    window.addEventListener("click", this.onClick, true);
    window.addEventListener("pagehide", this.onUnload);
    window.addEventListener("online", this.onOnline);
    document.addEventListener("visibilitychange", this.onHide);
    this.find("show").onclick = () => this.showOther();
    this.find("keep").onclick = () => this.keepThis();
  }

  /** The component leaves the page; a text on its way still arrives. */
  leave() {
    if (this.left) return;
    this.lastText = this.field.value;
    this.left = true;
    this.field.removeEventListener("input", /** @type {EventListener} */ (this.onInput));
    this.field.removeEventListener("blur", /** @type {EventListener} */ (this.onLeave));
    window.removeEventListener("keydown", /** @type {EventListener} */ (this.onKey), true);
    window.removeEventListener("click", /** @type {EventListener} */ (this.onClick), true);
    window.removeEventListener("pagehide", /** @type {EventListener} */ (this.onUnload));
    window.removeEventListener("online", /** @type {EventListener} */ (this.onOnline));
    document.removeEventListener("visibilitychange", /** @type {EventListener} */ (this.onHide));
    this.sendNow(true);
  }

  changed() {
    this.sequence += 1;
    this.trouble = this.trouble === this.data.words.tooLong ? "" : this.trouble;
    this.keepCopy();
    this.schedule(PAUSE);
    this.paint();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.isInterrupted && this.typedPast(event)) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!command || (event.code !== "KeyS" && event.key !== "Enter")) return;
    this.handOver(event.code === "KeyS" || this.form !== null);
    this.submitted = this.handed;
    if (event.key === "Enter" && event.composedPath()[0] === this.field) this.submit(event);
  }

  /** @param {Event} event */
  clicked(event) {
    const path = event.composedPath();
    if (path[0] === this.field) return;
    this.handOver(this.form !== null);
    if (path.some((part) => part instanceof HTMLButtonElement)) this.submitted = this.handed;
  }

  /**
   * Ctrl+Enter sends the form, as in Streamlit's own fields.
   * @param {KeyboardEvent} event
   */
  submit(event) {
    const buttons = this.form?.querySelectorAll('[data-testid="stFormSubmitButton"] button');
    const main = [...(buttons ?? [])].find((b) => b.getAttribute("kind")?.startsWith("primary"));
    const button = /** @type {HTMLButtonElement | undefined} */ (main ?? buttons?.[0]);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }

  /**
   * Streamlit's dialog on a lost connection would swallow what is typed next. The note says
   * itself that there is no connection, so the dialog is closed and typing goes on.
   */
  takeFocusBack() {
    const dialog = connectionDialog();
    if (this.left || !dialog) return;
    this.isInterrupted = true;
    const close = /** @type {HTMLElement | null} */ (dialog.querySelector("button"));
    close?.click();
    const until = Date.now() + 2000;
    const wait = () => {
      if (connectionDialog() && Date.now() < until) {
        requestAnimationFrame(wait);
      } else {
        this.isInterrupted = false;
        this.field.focus();
      }
    };
    wait();
  }

  /**
   * Put into the field what was typed while the dialog was closing.
   * @param {KeyboardEvent} event
   */
  typedPast(event) {
    const typed = event.key === "Enter" ? "\n" : event.key;
    if (typed.length > 2 || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { selectionStart, selectionEnd } = this.field;
    this.field.setRangeText(typed, selectionStart, selectionEnd, "end");
    event.preventDefault();
    event.stopPropagation();
    this.changed();
    return true;
  }

  /**
   * Give the text to the page's script: inside a form it waits for the submit button, outside
   * one it runs the page, as leaving any field does.
   * @param {boolean} wanted
   */
  handOver(wanted) {
    if (!wanted || this.left || this.handed === this.sequence) return;
    this.handed = this.sequence;
    if (this.form === null) this.submitted = this.sequence;
    const { writer, sequence } = this;
    const { draft } = this.data;
    this.setStateValue("note", { draft, text: this.text, writer, sequence });
    this.sendNow(false);
  }

  // ------------------------------------------------------------------ two windows

  showOther() {
    const mine = this.text;
    this.text = this.other;
    this.other = this.newOther = mine;
    this.otherIsStored = false;
    this.basis = this.data.settled;
    this.changed();
    this.field.focus();
  }

  keepThis() {
    this.other = this.newOther = "";
    this.otherIsStored = false;
    this.basis = this.data.settled;
    this.changed();
    this.field.focus();
  }

  // ------------------------------------------------------------------ what is seen

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  find(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-part="${name}"]`));
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  write(name, text) {
    const element = this.find(name);
    if (element.textContent !== text) element.textContent = text;
  }

  paint() {
    if (this.left) return;
    const { label, description, placeholder, height, limit, words, language } = this.data;
    const over = this.length - limit;
    const number = new Intl.NumberFormat(language);
    const isLong = over > 0;
    /** @type {HTMLElement} */ (this.field.closest(".note")).hidden = false;
    this.write("label", label);
    this.write("description", description);
    this.field.placeholder = placeholder;
    this.field.style.minHeight = `${height}px`;
    this.field.setAttribute("aria-invalid", String(isLong));
    const count = words.count.replace("{count}", number.format(this.length));
    this.write("count", count.replace("{limit}", number.format(limit)));
    this.find("count").classList.toggle("long", isLong);
    this.write("trouble", isLong ? words.tooLong.replace("{over}", number.format(over)) : this.warning());
    this.write("state", this.state());
    this.find("apart").hidden = this.other === "";
    if (this.other !== "") this.write("why", this.otherIsStored ? words.stored : words.apart);
    this.write("show", words.showOther);
    this.write("keep", words.keepThis);
    this.grow();
  }

  warning() {
    return this.isDirty && this.trouble !== this.data.words.tooLong ? this.trouble : "";
  }

  state() {
    if (this.isDirty) return this.data.words.unsent;
    if (!this.savedAt) return "";
    const options = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
    const format = new Intl.DateTimeFormat(this.data.language, {
      ...options,
      timeZone: this.data.zone,
    });
    return this.data.words.saved.replace("{time}", format.format(new Date(this.savedAt)));
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}

/** The dialog Streamlit opens when it cannot reach its server. */
function connectionDialog() {
  const dialog = document.querySelector('[data-testid="stDialog"]');
  return dialog?.textContent?.includes("Connection error") ? dialog : null;
}
