// @ts-check
/** Looks every two seconds whether the plan has changed, while the page is seen. */

const EVERY = 2000; // [ms]
const SLOWEST = 30_000; // [ms] when the server does not answer

class Watch {
  /**
   * @param {{address: (since: boolean) => string, mayAsk: () => boolean,
   *   heard: (picture: Picture) => void, failed: (status: number) => void}} options
   */
  constructor(options) {
    this.options = options;
    this.pause = EVERY;
    this.left = this.owes = false; // owes: it is looked at otherwise than the last picture shows it
    this.number = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.onVisible = () => document.visibilityState === "visible" && this.soon(0);
    document.addEventListener("visibilitychange", this.onVisible);
  }

  leave() {
    this.left = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  /** @param {number} pause */
  soon(pause) {
    clearTimeout(this.timer);
    if (!this.left) this.timer = setTimeout(() => void this.look(), pause);
  }

  async look() {
    if (document.visibilityState === "visible" && this.options.mayAsk()) await this.fetch(true);
    this.soon(this.pause);
  }

  /**
   * Ask for the picture; an answer that a later question overtook is dropped.
   * @param {boolean} since - only if it has changed
   */
  async fetch(since) {
    if (this.left) return;
    this.owes ||= !since;
    this.number += 1;
    const asked = this.number;
    let status = 0;
    try {
      const response = await fetch(this.options.address(!this.owes), {
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE),
      });
      status = response.status;
      const picture = status === 200 ? await response.json() : null;
      if (this.left || asked !== this.number) return;
      this.pause = EVERY;
      if (picture) {
        this.owes = false;
        this.options.heard(picture);
      }
    } catch {
      status = 0;
    }
    if (this.left || asked !== this.number) return;
    if (status === 0 || status >= 400) this.pause = Math.min(this.pause * 2, SLOWEST);
    this.options.failed(status);
  }
}
