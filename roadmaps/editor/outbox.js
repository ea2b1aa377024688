// @ts-check
/**
 * Acts on their way to the server: one request at a time, in order. Until it is answered an
 * act is kept in the tab's storage under its key, so that neither a reload nor a lost
 * connection nor a restarted server loses it or does it twice.
 */

const OUTBOX = "plan-desk:";
const PATIENCE = 20_000; // [ms] before an answer is no longer waited for
const PAUSES = [700, 1500, 3000, 6000, 12_000]; // [ms] between attempts

class Outbox {
  /**
   * @param {{url: string, name: string, body: () => Object<string, unknown>,
   *   heard: (item: Item, status: number, answer: any) => void, changed: () => void}} options
   */
  constructor(options) {
    this.options = options;
    this.paused = false; // a question is open: what was answered 409
    this.sending = false;
    this.attempts = 0;
    this.signedOut = false;
    this.left = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Item[]} */
    this.items = this.kept();
    this.onLine = () => this.again();
    // What waits survives a reload, but not the end of the tab.
    this.onUnload = (/** @type {Event} */ event) => this.isStuck && event.preventDefault();
    window.addEventListener("online", this.onLine);
    window.addEventListener("beforeunload", this.onUnload);
  }

  /** Nobody listens any more; what is on its way still arrives. */
  leave() {
    this.left = true;
    window.removeEventListener("online", this.onLine);
    window.removeEventListener("beforeunload", this.onUnload);
  }

  /** Is something unanswered that failed at least once? */
  get isStuck() {
    return this.items.length > 0 && (this.attempts > 0 || this.signedOut);
  }

  /**
   * @param {Act[]} acts
   * @param {{version: number, stamp?: string}} seen - the picture that the acts mean
   */
  add(acts, { version, stamp }) {
    const item = { key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, version, stamp, acts };
    this.items.push(item);
    this.keep();
    void this.pump();
    return item;
  }

  /** Try once more, now. */
  again() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.signedOut = false;
    void this.pump();
  }

  /** Go on after a question has been answered. */
  resume() {
    this.paused = false;
    void this.pump();
  }

  async pump() {
    const item = this.items[0];
    if (!item || this.sending || this.paused) return;
    this.sending = true;
    const [status, answer] = await this.send(item);
    this.sending = false;
    if (status === 0 || status === 429 || status >= 500) this.retry();
    else if (status === 401) this.signedOut = true;
    else this.settle(item, status, answer);
    if (!this.left) this.options.changed();
    if (!this.timer && !this.signedOut) void this.pump();
  }

  /**
   * @param {Item} item
   * @returns {Promise<[number, any]>}
   */
  async send(item) {
    const { key, version, stamp, acts } = item;
    try {
      const response = await fetch(this.options.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        credentials: "same-origin",
        keepalive: true, // it arrives though the page be left
        body: JSON.stringify({ version, stamp, acts, key, ...this.options.body() }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      const isJson = response.headers.get("content-type")?.includes("json");
      return [response.status, isJson ? await response.json() : null];
    } catch {
      return [0, null];
    }
  }

  retry() {
    const pause = PAUSES[Math.min(this.attempts, PAUSES.length - 1)];
    this.attempts += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.pump();
    }, pause);
  }

  /**
   * @param {Item} item
   * @param {number} status
   * @param {any} answer
   */
  settle(item, status, answer) {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.attempts = 0;
    this.items.shift();
    this.paused = status === 409;
    if (status === 200 && answer?.version) this.carry(item, answer);
    this.keep();
    if (!this.left) this.options.heard(item, status, answer);
  }

  /**
   * Later acts of one's own were made upon this one. Where nobody else came between, they saw
   * its outcome; where somebody did, only those on the same tasks did: the rest must be judged
   * by what the person truly saw.
   * @param {Item} item
   * @param {Picture} picture
   */
  carry(item, { version, stamp }) {
    const touched = tasksOf(item);
    const isAlone = version === item.version + 1;
    for (const later of this.items) {
      const isSame = [...tasksOf(later)].some((id) => touched.has(id));
      if ((isAlone || isSame) && version >= later.version) Object.assign(later, { version, stamp });
    }
  }

  /** @returns {Item[]} */
  kept() {
    try {
      for (const name of Object.keys(sessionStorage)) {
        const isOthers = name.startsWith(OUTBOX) && !name.startsWith(owner(this.options.name));
        if (isOthers) sessionStorage.removeItem(name); // on a shared computer, acts of others
      }
      return JSON.parse(sessionStorage.getItem(this.options.name) ?? "[]");
    } catch {
      return [];
    }
  }

  keep() {
    if (this.left) return; // another editor of this plan may keep its own by now
    try {
      if (this.items.length) sessionStorage.setItem(this.options.name, JSON.stringify(this.items));
      else sessionStorage.removeItem(this.options.name);
    } catch {
      // Storage is switched off or full: what waits lives as long as the page.
    }
  }
}

/** @param {string} name */
function owner(name) {
  return name.slice(0, name.lastIndexOf(":") + 1);
}

/** @param {Item} item */
function tasksOf(item) {
  const named = item.acts.flatMap((act) => [act.task, act.from, act.to, act.beside]);
  return new Set(named.filter((id) => typeof id === "number"));
}
