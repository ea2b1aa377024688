// @ts-check
/**
 * How closely time is looked at. A day may have any width; the words of the axis come from the
 * server for the zoom whose marks have room at that width (roadmaps/domain/axis.py).
 */

/** @type {Object<Zoom, number>} */
const COMFORT = { days: 24, weeks: 6, months: 2, quarters: 0.7, years: 0.2 };
/** @type {[Zoom, number][]} */
const ROOM = [["days", 16], ["weeks", 3.1], ["months", 1.3], ["quarters", 0.34], ["years", 0]];
const NARROWEST = 0.2; // [px] of a day
const WIDEST = 120;
const WIDEST_HOURS = 480; // where a plan counts hours, an hour may be seen
const AIR = 150; // [px] right of the last day, for the names beside bars
const PAD = matchMedia("(pointer: coarse)").matches ? 30 : 20; // [px] left of the first day, for the handles of bars there
const EASY = 3.2; // [px] below this a whole plan is too small to begin with
const EASIEST = 48; // [px] above this it is too big to begin with
const STEP = 1.6;

class Lens {
  /** @param {Zoom | null} zoom */
  constructor(zoom) {
    this.isChosen = zoom !== null;
    this.isWhole = false; // all of the plan fills the room, however wide it becomes
    this.zoom = zoom ?? "weeks";
    this.dayWidth = COMFORT[this.zoom];
  }

  /**
   * Before anybody chose, the whole plan is shown if that is not too small.
   * @param {number} days
   * @param {number} room - [px]
   */
  settle(days, room) {
    if (this.isChosen) return;
    const fit = (room - PAD - 1) / days;
    this.isWhole = fit >= EASY && fit <= EASIEST;
    this.widen(clamp(fit, EASY, EASIEST), false);
  }

  /**
   * @param {number} days
   * @param {number} room - [px]
   */
  fit(days, room) {
    const isOther = this.widen((room - PAD - 1) / days, false);
    this.isChosen = this.isWhole = true;
    return isOther;
  }

  /** @param {number} dayWidth */
  widen(dayWidth, inHours = false) {
    this.dayWidth = clamp(dayWidth, NARROWEST, inHours ? WIDEST_HOURS : WIDEST);
    const [zoom] = ROOM.find(([, room]) => this.dayWidth >= room) ?? ROOM[ROOM.length - 1];
    const isOther = zoom !== this.zoom;
    this.zoom = zoom;
    return isOther;
  }

  /**
   * Places are taken by whole days, or by hours where an hour can be seen.
   * @param {number} days
   */
  snap(days, inDays = true) {
    const parts = inDays || this.dayWidth < 24 * 6 ? 1 : 24;
    return Math.round(days * parts) / parts;
  }
}
