// @ts-check
/**
 * The note: a text field that keeps what is typed.
 *
 * Every change is written at once to this browser tab's sessionStorage and, half a second
 * after the last key (three seconds at most), sent to the server as a draft. What the server
 * has not acknowledged is sent again, after a lost connection and after a reload. The page's
 * script gets the text when the field is left and before a shortcut or a button acts on it.
 *
 * @typedef {Object} Words
 * @property {string} saved - "Saved as draft {time}"
 * @property {string} unsent
 * @property {string} offline
 * @property {string} signedOut
 * @property {string} tooLong - "{over}" characters too many
 * @property {string} apart
 * @property {string} stored
 * @property {string} showOther
 * @property {string} keepThis
 * @property {string} count - "{count} of {limit}"
 *
 * @typedef {Object} Seen
 * @property {string} writer
 * @property {number} sequence
 *
 * @typedef {Object} Data
 * @property {number} person
 * @property {string} draft - the key of the draft
 * @property {string} url - where drafts are sent
 * @property {string} label
 * @property {string} description
 * @property {string} placeholder
 * @property {number} height - of the empty field [px]
 * @property {number} limit - characters the note may have
 * @property {number} cap - characters a draft may have
 * @property {string} language
 * @property {string} zone
 * @property {string} text - what the field shows: the draft, else the stored text
 * @property {string} value - the stored text
 * @property {number} version - of the draft; 0 when there is none
 * @property {boolean} cleared - the draft was saved
 * @property {string} at - when the draft was kept (ISO), or ""
 * @property {string} other - a text that the draft overtook, or ""
 * @property {boolean} otherIsStored - the stored text changed after the draft was begun
 * @property {string} basis - the digest of the text the draft began with
 * @property {string} settled - the digest of the stored text now
 * @property {Seen | null} seen - the text that was saved, when it came from this window
 * @property {Words} words
 *
 * @typedef {Object} Component
 * @property {Data} data
 * @property {ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 *
 * @typedef {Object} Answer
 * @property {number} version
 * @property {boolean} cleared
 * @property {string} other
 * @property {string} at
 *
 * @typedef {Object} Copy
 * @property {string} text
 * @property {number} sequence
 * @property {number} base
 * @property {string} basis
 * @property {string} writer
 */

const PAUSE = 500;
const LONGEST_PAUSE = 3000;
const SLOWEST_RETRY = 10000;
const WORD_OF_SAVING = 5000; // how long a page may take to say that it saved the note
const KEEPALIVE_BYTES = 60000;
const PREFIX = "note:";

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

class Note {
  /** @param {Component} component */
  constructor(component) {
    const root = component.parentElement;
    this.root = root;
    this.data = component.data;
    this.setStateValue = component.setStateValue;
    this.field = /** @type {HTMLTextAreaElement} */ (root.querySelector("textarea"));
    this.writer = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
    this.heirOf = "";
    this.sequence = 0;
    this.sent = 0; // the last sequence number the server has acknowledged
    this.handed = 0; // the last one the page's script was given
    this.submitted = 0; // the last one that a button, a shortcut or a run of the page may save
    this.base = this.data.version;
    this.basis = this.data.basis;
    this.other = this.data.other;
    this.otherIsStored = this.data.otherIsStored;
    this.savedAt = this.data.at;
    this.trouble = "";
    this.refused = 0; // the last sequence number the server refuses for good
    this.failures = 0;
    this.busy = false;
    this.left = false;
    this.isInterrupted = false; // Streamlit's own dialog has taken the focus
    /** @type {string | null} */
    this.newOther = null; // an overtaken text the person swapped or let go
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.firstUnsentAt = 0;
    this.forgetOthers();
    this.field.value = this.data.text;
    this.takeCopy();
    this.listen();
    this.paint();
  }

  /** @param {Data} data */
  isFor(data) {
    return data.draft === this.data.draft && data.person === this.data.person;
  }

  get isDirty() {
    return this.sequence > this.sent;
  }

  get length() {
    const text = this.field.value;
    return text.length <= this.data.limit ? text.length : [...text].length;
  }

  get form() {
    const host = this.root.host ?? this.root;
    return host.closest('[data-testid="stForm"]');
  }

  // ------------------------------------------------------------------ the copy in this tab

  get place() {
    return `${PREFIX}${this.data.person}:${this.data.draft}`;
  }

  /** What this tab kept and the server never acknowledged comes back after a reload. */
  takeCopy() {
    /** @type {Copy | null} */
    let copy = null;
    try {
      copy = JSON.parse(sessionStorage.getItem(this.place) ?? "null");
    } catch {
      copy = null;
    }
    if (!copy || copy.text === this.data.text || copy.text === this.data.value) {
      this.dropCopy();
      return;
    }
    if (this.data.cleared && copy.base < this.data.version) {
      this.other = this.data.value;
      this.otherIsStored = Boolean(this.data.value);
    } else {
      this.base = copy.base;
      this.basis = copy.basis;
    }
    this.heirOf = copy.writer;
    this.sequence = copy.sequence;
    this.sent = copy.sequence - 1;
    this.field.value = copy.text;
    this.keepCopy();
    this.schedule(0);
  }

  keepCopy() {
    const { sequence, base, basis, writer } = this;
    const copy = { text: this.field.value, sequence, base, basis, writer };
    try {
      sessionStorage.setItem(this.place, JSON.stringify(copy));
    } catch {
      // The browser's storage is full: the server still gets the draft.
    }
  }

  dropCopy() {
    try {
      sessionStorage.removeItem(this.place);
    } catch {
      // Storage is switched off: there is nothing to drop.
    }
  }

  /** On a shared computer the next person finds no words of the one before. */
  forgetOthers() {
    forget(`${PREFIX}${this.data.person}:`);
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
    this.setStateValue("note", { draft, text: this.field.value, writer, sequence });
    this.sendNow(false);
  }

  /**
   * The page was run again: it may hold a newer draft, or the note may have been saved.
   * @param {Component} component
   */
  receive(component) {
    const data = component.data;
    this.data = data;
    this.setStateValue = component.setStateValue;
    const own = data.seen?.writer === this.writer ? data.seen.sequence : -1;
    const isWhole = own >= this.sequence || this.field.value === data.text;
    const isNewer = data.version > this.base;
    if (data.cleared && data.version >= this.base && this.sequence > 0 && isWhole) {
      this.adopt(data);
    } else if (data.cleared && isNewer && this.sequence > 0) {
      this.goOnAfterSaving(data, own >= 0);
    } else if (!data.cleared && isNewer && !this.isDirty && !this.busy) {
      this.adopt(data);
    } else if (this.sequence === 0 && this.field.value !== data.text) {
      this.adopt(data); // the stored text changed and nothing was typed here
    } else if (data.version === this.base && data.otherIsStored && this.basis !== data.settled) {
      this.other = data.value;
      this.otherIsStored = true;
    }
    this.retryNow();
    this.paint();
  }

  /** @param {Data} data */
  adopt(data) {
    if (this.field.value !== data.text) this.field.value = data.text;
    this.base = data.version;
    this.basis = data.basis;
    this.other = data.other;
    this.otherIsStored = data.otherIsStored;
    this.savedAt = data.at;
    this.sent = this.handed = this.sequence;
    this.trouble = "";
    clearTimeout(this.timer);
    this.dropCopy();
  }

  /**
   * Typed on while the note was being saved, or saved from another window: the text here
   * becomes a new draft, and what another window saved stands beside it.
   * @param {Data} data
   * @param {boolean} isOwn - the saved text was this window's
   */
  goOnAfterSaving(data, isOwn) {
    this.base = data.version;
    this.basis = data.settled;
    this.other = isOwn ? "" : data.value;
    this.otherIsStored = this.other !== "";
    this.sequence += 1;
    this.keepCopy();
    this.schedule(0);
  }

  // ------------------------------------------------------------------ two windows

  showOther() {
    const mine = this.field.value;
    this.field.value = this.other;
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

  // ------------------------------------------------------------------ to the server

  /** @param {number} pause - milliseconds */
  schedule(pause) {
    const now = Date.now();
    this.firstUnsentAt ||= now;
    const latest = this.firstUnsentAt + LONGEST_PAUSE;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendNow(false), Math.min(pause, Math.max(0, latest - now)));
  }

  retryNow() {
    if (this.isDirty && !this.busy && this.failures > 0) this.schedule(0);
  }

  /** @param {boolean} isLast - the page goes away: the request must outlive it */
  async sendNow(isLast) {
    clearTimeout(this.timer);
    if (!this.isDirty || this.refused === this.sequence || (this.busy && !isLast)) return;
    if (this.field.value.length > this.data.cap && [...this.field.value].length > this.data.cap) {
      this.refused = this.sequence;
      this.paint();
      return;
    }
    this.firstUnsentAt = 0;
    this.busy = true;
    const sequence = this.sequence;
    try {
      const answer = await this.post(isLast);
      this.busy = false;
      await this.answered(answer, sequence);
    } catch {
      this.busy = false;
      this.failed(this.data.words.offline);
    }
  }

  /** @param {boolean} isLast */
  post(isLast) {
    const body = JSON.stringify({
      person: this.data.person,
      draft: this.data.draft,
      text: this.field.value,
      writer: this.writer,
      heir_of: this.heirOf,
      sequence: this.sequence,
      base: this.base,
      basis: this.basis,
      other: this.newOther,
    });
    return fetch(this.data.url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      credentials: "same-origin",
      keepalive: isLast && body.length * 3 < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(SLOWEST_RETRY),
    });
  }

  /**
   * @param {Response} response
   * @param {number} sequence - what this is the answer to
   */
  async answered(response, sequence) {
    if (response.status === 401) return this.failed(this.data.words.signedOut);
    if (response.status === 413 || response.status === 422) {
      this.refused = sequence;
      return this.failed(this.data.words.tooLong);
    }
    if (!response.ok) return this.failed(this.data.words.offline);
    /** @type {Answer} */
    const answer = await response.json();
    this.failures = 0;
    this.trouble = "";
    if (answer.cleared) return this.savedMeanwhile(answer);
    this.sent = Math.max(this.sent, sequence);
    if (answer.version < this.base) return this.paint(); // an answer from before a saving
    this.base = answer.version;
    this.heirOf = "";
    this.savedAt = answer.at;
    if (!this.isDirty) this.newOther = null;
    if (this.newOther === null && !this.otherIsStored) this.other = answer.other;
    if (this.isDirty) {
      this.keepCopy();
      this.schedule(PAUSE);
    } else {
      this.dropCopy();
    }
    this.paint();
  }

  /**
   * The note was saved before this text arrived. If the text was part of the saving, the page
   * will say so in a moment; if the page is gone, it was. Otherwise it is a draft of its own.
   * @param {Answer} answer
   */
  savedMeanwhile(answer) {
    this.base = Math.max(this.base, answer.version);
    this.savedAt = "";
    if (!this.isDirty || (this.left && this.submitted > 0)) {
      this.sent = this.sequence;
      this.dropCopy();
    } else {
      this.keepCopy();
      const pause = this.sequence > this.submitted ? 0 : WORD_OF_SAVING;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.sendNow(false), pause);
    }
    this.paint();
  }

  /** @param {string} why */
  failed(why) {
    this.trouble = why;
    this.failures += 1;
    const pause = Math.min(500 * 2 ** this.failures, SLOWEST_RETRY);
    if (!this.left && this.refused !== this.sequence) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.sendNow(false), pause);
    }
    this.paint();
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
    const { label, description, placeholder, height, limit, words, language } = this.data;
    const over = this.length - limit;
    const number = new Intl.NumberFormat(language);
    const isLong = over > 0;
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

/**
 * Remove copies of notes from this tab, but those whose name begins with `kept`.
 * @param {string | null} kept
 */
function forget(kept) {
  try {
    for (const name of Object.keys(sessionStorage)) {
      const isNote = name.startsWith(PREFIX);
      if (isNote && !(kept && name.startsWith(kept))) sessionStorage.removeItem(name);
    }
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}
