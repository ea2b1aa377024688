// @ts-check
/**
 * What is typed, on its way to the server. Every change is written at once to this browser
 * tab's sessionStorage and, half a second after the last key (three seconds at most), sent as
 * a draft. What the server has not acknowledged is sent again, after a lost connection and
 * after a reload.
 */

const PAUSE = 500;
const LONGEST_PAUSE = 3000;
const SLOWEST_RETRY = 10000;
const WORD_OF_SAVING = 5000; // how long a page may take to say that it saved the note
const KEEPALIVE_BYTES = 60000;

class Draft {
  /** @param {Component} component */
  constructor(component) {
    this.data = component.data;
    this.setStateValue = component.setStateValue;
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
    /** @type {string | null} */
    this.newOther = null; // an overtaken text the person swapped or let go
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.firstUnsentAt = 0;
  }

  /** @returns {string} what stands in the field */
  get text() {
    throw new Error("the field says");
  }

  /** @param {string} _text */
  set text(_text) {
    throw new Error("the field shows");
  }

  /** Show what is so now. */
  paint() {}

  get isDirty() {
    return this.sequence > this.sent;
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
    this.text = copy.text;
    this.keepCopy();
    this.schedule(0);
  }

  keepCopy() {
    const { sequence, base, basis, writer } = this;
    const copy = { text: this.text, sequence, base, basis, writer };
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

  /**
   * The page was run again: it may hold a newer draft, or the note may have been saved.
   * @param {Component} component
   */
  receive(component) {
    const data = component.data;
    this.data = data;
    this.setStateValue = component.setStateValue;
    const own = data.seen?.writer === this.writer ? data.seen.sequence : -1;
    const isWhole = own >= this.sequence || this.text === data.text;
    const isNewer = data.version > this.base;
    if (data.cleared && data.version >= this.base && this.sequence > 0 && isWhole) {
      this.adopt(data);
    } else if (data.cleared && isNewer && this.sequence > 0) {
      this.goOnAfterSaving(data, own >= 0);
    } else if (!data.cleared && isNewer && !this.isDirty && !this.busy) {
      this.adopt(data);
    } else if (this.sequence === 0 && this.text !== data.text) {
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
    if (this.text !== data.text) this.text = data.text;
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
    if (this.text.length > this.data.cap && [...this.text].length > this.data.cap) {
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
      text: this.text,
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
}
