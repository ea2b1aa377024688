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
const WIDEST = 64;
const WIDEST_HOURS = 480; // where a plan counts hours, an hour may be seen
const AIR = 150; // [px] right of the last day, for the names beside bars
const EASY = 7; // [px] below this a whole plan is too small to begin with
const STEP = 1.6;

class Lens {
  /** @param {Zoom | null} zoom */
  constructor(zoom) {
    this.isChosen = zoom !== null;
    this.zoom = zoom ?? "weeks";
    this.dayWidth = COMFORT[this.zoom];
  }

  /**
   * Before anybody chose, the whole plan is shown if that is not too small.
   * @param {number} days
   * @param {number} room - [px]
   */
  settle(days, room) {
    if (!this.isChosen) this.widen(clamp((room - AIR) / days, EASY, COMFORT.days), false);
  }

  /**
   * @param {number} days
   * @param {number} room - [px]
   */
  fit(days, room) {
    this.widen((room - AIR) / days, false);
    this.isChosen = true;
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
