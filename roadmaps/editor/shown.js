// @ts-check
/** One picture of the plan, indexed; and the calendar days it is counted in. */

const DAY = 86_400_000; // [ms]

class Shown {
  /** @param {Picture} picture */
  constructor(picture) {
    this.picture = picture;
    this.layout = picture.layout;
    this.rows = picture.layout.rows;
    this.version = picture.version;
    /** @type {Map<number, number>} */
    this.places = new Map(this.rows.map((row, place) => [row.id, place]));
    this.zero = Date.parse(`${this.layout.origin}T00:00:00Z`);
    this.inDays = picture.unit === "day";
  }

  /** @param {number | null} id */
  row(id) {
    const place = id === null ? undefined : this.places.get(id);
    return place === undefined ? null : this.rows[place];
  }

  /**
   * @param {number} id
   * @returns {Info}
   */
  info(id) {
    return this.picture.rows[id] ?? { when: "", length: "", float: "", who: "", label: "" };
  }

  /** @param {number} id */
  linksOf(id) {
    return this.layout.links.filter((link) => link.from === id || link.to === id);
  }

  /**
   * List the rows that lie inside of a stage, shown ones only.
   * @param {number} id
   */
  inside(id) {
    const found = new Set([id]);
    for (const row of this.rows) if (row.parent !== undefined && found.has(row.parent)) found.add(row.id);
    found.delete(id);
    return found;
  }

  /**
   * Go so many working days from a place; days off are known where they are shaded.
   * @param {number} place
   * @param {number} by
   */
  workingDays(place, by) {
    const step = Math.sign(by);
    for (let rest = Math.abs(by); rest > 0; rest -= 1) {
      place += step;
      for (let tries = 0; tries < 30 && this.isOff(place); tries += 1) place += step;
    }
    return place;
  }

  /** @param {number} place */
  isOff(place) {
    return this.layout.shades.some(([start, end]) => start <= place && place < end);
  }

  /**
   * Count the days of a stretch that are not off.
   * @param {number} start
   * @param {number} end
   */
  daysBetween(start, end) {
    const off = this.layout.shades.map(([a, b]) => Math.max(0, Math.min(b, end) - Math.max(a, start)));
    return Math.round(end - start - off.reduce((sum, days) => sum + days, 0));
  }

  /**
   * Move a moment of a task, by whole days or by hours, and give it as the server takes it.
   * @param {string} moment - ISO, of the centre's own clock
   * @param {number} days
   */
  moved(moment, days) {
    const at = new Date(Date.parse(`${moment.slice(0, 19)}${moment.length > 10 ? "" : "T00:00:00"}Z`) + days * DAY);
    return at.toISOString().slice(0, this.inDays ? 10 : 19);
  }

  /**
   * Give the day that begins at a place.
   * @param {number} place
   */
  dayAt(place) {
    return new Date(this.zero + Math.round(place) * DAY).toISOString().slice(0, 10);
  }

  /**
   * Is this task shown as one that takes the acts on bars?
   * @param {number} id
   */
  has(id) {
    return this.places.has(id);
  }
}

/** Dates in the reader's language, without a time zone: a plan's days are the centre's. */
class Dates {
  /** @param {string} language */
  constructor(language) {
    const locale = language === "ru" ? "ru-RU" : "en-GB";
    const day = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
    this.days = new Intl.DateTimeFormat(locale, day);
    this.hours = new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit" });
    this.months = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
    this.wholes = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
  }

  /** @param {string} day - ISO */
  month(day) {
    return this.months.format(new Date(`${day}T00:00:00Z`));
  }

  /**
   * Say a stretch of time, at length and as short as can be.
   * @param {string} first - ISO
   * @param {string} last
   */
  stretch(first, last) {
    const [from, to] = [first, last].map((day) => new Date(`${day}T00:00:00Z`));
    const years = first.slice(0, 4) === last.slice(0, 4) ? first.slice(0, 4) : `${first.slice(0, 4)}–${last.slice(0, 4)}`;
    return [this.wholes.formatRange(from, to), years];
  }

  /** @param {string} moment - ISO date or moment */
  say(moment) {
    const at = new Date(`${moment.length > 10 ? moment.slice(0, 19) : `${moment}T00:00:00`}Z`);
    return (moment.length > 10 ? this.hours : this.days).format(at);
  }
}
