// @ts-check
/** What lies behind the bars: days off, today, links; and the dates above them. */

const TIP = 5; // [px] of an arrow
const BEND = 6; // [px] as in roadmaps/domain/layout.py
const LETTER = 6.6; // [px] about
const HOURS_SEEN = 140; // [px] of a day from which on its hours are shown

class Ground {
  /**
   * @param {Editor} editor
   * @param {Sheet} sheet
   */
  constructor(editor, sheet) {
    this.editor = editor;
    this.sheet = sheet;
    this.shades = paint("path", { class: "shades" });
    this.rules = paint("path", { class: "rules" });
    this.today = paint("path", { class: "today" });
    this.links = paint("g", { class: "links" });
    this.draft = paint("path", { class: "draft" });
    sheet.svg.append(this.shades, this.rules, this.links, this.today, this.draft);
    this.upper = make("div", { class: "upper", "aria-hidden": "true" });
    this.lower = make("div", { class: "lower", "aria-hidden": "true" });
    this.mark = make("div", { class: "mark", "aria-hidden": "true", text: editor.words.today });
    sheet.axis.append(this.upper, this.lower, this.mark);
    /** @type {Line[]} */
    this.lines = [];
    /** @type {Map<string, {look: string, element: Element}>} */
    this.drawn = new Map(); // the links that are there, by name, and what each was drawn from
    this.shownAxis = "";
    /** @type {number | undefined} */
    this.drawnFrom = undefined; // [px] where the sheet was when the axis was drawn
  }

  redraw() {
    const { layout, rows } = this.sheet.shown;
    const height = rows.length * this.sheet.rowHeight;
    const x = (/** @type {number} */ days) => this.round(this.sheet.x(days));
    const shades = layout.shades.map(([a, b]) => `M${x(a)} 0H${x(b)}V${height}H${x(a)}z`);
    trace(this.shades, shades.join(""));
    trace(this.rules, layout.axis.upper.map(([a]) => `M${x(a)} 0V${height}`).join(""));
    const { today } = layout;
    trace(this.today, today === null ? "" : `M${x(today)} 0V${height}`);
    this.mark.hidden = today === null;
    if (today !== null) this.mark.style.left = `${x(today)}px`;
    this.lines = layout.links.map((link) => {
      const rows = link.points.map(([, y]) => y);
      return { link, name: linkName(link), low: Math.min(...rows), high: Math.max(...rows), d: "", tip: "" };
    });
    this.drawnFrom = undefined;
    this.scrolled();
  }

  /** @param {number} place */
  round(place) {
    return Math.round(place * 10) / 10;
  }

  /**
   * A line bends a few pixels away from a bar, however wide a day is seen just now.
   * @param {Link} link
   * @returns {[number, number][]}
   */
  bent(link) {
    const was = BEND / this.sheet.shown.layout.dayWidth;
    const is = BEND / this.sheet.dayWidth;
    const ends = [link.points[0][0], link.points[link.points.length - 1][0]];
    const isInner = (/** @type {number} */ place) => place > 0 && place < link.points.length - 1;
    return link.points.map(([x, y], place) => {
      const end = isInner(place) ? ends.find((at) => Math.abs(Math.abs(x - at) - was) < 0.002) : undefined;
      return [end === undefined ? x : end + Math.sign(x - end) * is, y];
    });
  }

  /**
   * Trace a line: only for those that are seen.
   * @param {Line} line
   */
  traced(line) {
    if (line.d) return line;
    const points = this.bent(line.link).map(([x, y]) => [
      this.round(this.sheet.x(x)),
      this.round(y * this.sheet.rowHeight - (this.sheet.rowHeight / 2 - this.sheet.rowHeight * 0.43)),
    ]);
    const [before, last] = [points[points.length - 2], points[points.length - 1]];
    const back = before && before[0] > last[0] ? TIP : -TIP;
    line.d = `M${points.map((point) => point.join(" ")).join("L")}`;
    line.tip = `M${last[0]} ${last[1]}l${back} -3.500v7z`;
    return line;
  }

  /**
   * Draw the links that cross the rows from one place until another; those that are there stay.
   * @param {number} from
   * @param {number} until
   */
  drawLinks(from, until) {
    const before = this.drawn;
    this.drawn = new Map();
    for (const line of this.lines) {
      if (line.high < from || line.low > until) continue;
      const { d } = this.traced(line);
      const kinds = this.kindsOf(line);
      const known = before.get(line.name);
      const isSame = known?.look === kinds + d;
      this.drawn.set(line.name, isSame ? known : { look: kinds + d, element: this.drawLink(line, kinds) });
    }
    for (const [name, { element }] of before) if (this.drawn.get(name)?.element !== element) element.remove();
    let next = this.links.firstElementChild;
    for (const { element } of this.drawn.values()) {
      if (element === next) next = next.nextElementSibling;
      else this.links.insertBefore(element, next);
    }
  }

  /** @param {Line} line */
  kindsOf({ link, name }) {
    const { active, chosenLink } = this.editor;
    let kinds = "link";
    if (link.critical) kinds += " critical";
    if (link.driving) kinds += " driving";
    if (link.from === active || link.to === active) kinds += " near";
    if (chosenLink && name === linkName(chosenLink)) kinds += " chosen";
    return kinds;
  }

  /**
   * @param {Line} line
   * @param {string} kinds
   */
  drawLink({ name, d, tip }, kinds) {
    return paint(
      "g",
      { class: kinds, "data-part": "link", "data-link": name },
      paint("path", { d, class: "hit" }),
      paint("path", { d, class: "line" }),
      paint("path", { d: tip, class: "tip" }),
    );
  }

  // ------------------------------------------------------------------ the axis

  /** Only cells that are seen exist. */
  scrolled() {
    const from = this.sheet.at.left;
    const isNear = this.drawnFrom !== undefined && Math.abs(from - this.drawnFrom) < 200;
    if (isNear) return;
    this.drawnFrom = from;
    const { layout, picture } = this.sheet.shown;
    const isHours = this.sheet.dayWidth >= HOURS_SEEN && layout.axis.zoom === "days";
    const days = isHours ? layout.axis.lower.map((cell) => this.editor.dates.say(cell[2])) : [];
    const [above, aboveWords] = isHours ? [layout.axis.lower, days] : [layout.axis.upper, picture.axis.upper];
    const [below, belowWords] = isHours ? this.hours(from) : [layout.axis.lower, picture.axis.lower];
    const name = JSON.stringify([from, this.sheet.dayWidth, this.sheet.room, this.sheet.wide, layout.origin, layout.days, above, aboveWords, below, belowWords]);
    if (name === this.shownAxis) return;
    this.shownAxis = name;
    const upper = this.above(above, aboveWords, from);
    this.upper.replaceChildren(...(upper.some((cell) => cell.textContent) ? upper : [this.whole()]));
    this.lower.replaceChildren(...this.cells(below, belowWords, from));
  }

  /** One cell for all that is shown, where the coarser row has no words of its own. */
  whole() {
    const { days } = this.sheet.shown.layout;
    const last = this.sheet.shown.dayAt(days - 1);
    const ways = this.editor.dates.stretch(this.sheet.shown.layout.origin, last);
    const wide = this.sheet.x(days);
    return this.cell(0, wide, ways.find((text) => text.length * LETTER + 8 < wide) ?? ways[ways.length - 1]);
  }

  /**
   * The hours of the days that are seen.
   * @param {number} from - [px]
   * @returns {[Cell[], string[]]}
   */
  hours(from) {
    const { dayWidth, room } = this.sheet;
    const step = [1, 2, 3, 6].find((hours) => (dayWidth / 24) * hours > 34) ?? 12;
    const first = Math.max(0, Math.floor((from - 250) / dayWidth));
    const last = Math.ceil((from + room + 400) / dayWidth);
    /** @type {Cell[]} */
    const cells = [];
    const texts = [];
    for (let hour = first * 24; hour < last * 24; hour += step) {
      cells.push([hour / 24, (hour + step) / 24, ""]);
      texts.push(`${String(hour % 24).padStart(2, "0")}:00`);
    }
    return [cells, texts];
  }

  /**
   * Cells of the finer row: where they are narrower than their words, only some have words.
   * @param {Cell[]} cells
   * @param {string[]} texts
   * @param {number} from - [px]
   */
  cells(cells, texts, from) {
    const longest = Math.max(0, ...texts.map((text) => text.length)) * LETTER + 5;
    const usual = Math.max(0, ...cells.map(([start, end]) => this.sheet.x(end - start)));
    const step = Math.max(1, Math.ceil(longest / Math.max(usual, 0.1)));
    return this.seen(cells, from).map(({ place, left, wide }) => {
      const fits = place % step === 0 && texts[place].length * LETTER + 3 < wide * step;
      return this.cell(left, wide, fits ? texts[place] : "");
    });
  }

  /**
   * Cells of the coarser row, with the longest words that have room; they stay in sight.
   * @param {Cell[]} cells
   * @param {string[]} texts
   * @param {number} from - [px]
   */
  above(cells, texts, from) {
    return this.seen(cells, from).map(({ place, left, wide }) => {
      const day = cells[place][2];
      const isMonth = day && texts[place].length > 4;
      const ways = isMonth ? [texts[place], this.editor.dates.month(day)] : [texts[place]];
      return this.cell(left, wide, ways.find((text) => text.length * LETTER + 8 < wide) ?? "");
    });
  }

  /**
   * The last cell, which the end of the chart may cut, has the room behind it for its words.
   * @param {Cell[]} cells
   * @param {number} from - [px]
   */
  seen(cells, from) {
    const until = from + this.sheet.room + 400;
    const found = cells.map(([start, end], place) => {
      const left = this.sheet.x(start);
      const behind = place === cells.length - 1 ? this.sheet.wide - PAD - left : 0;
      return { place, left, wide: Math.max(this.sheet.x(end - start), behind) };
    });
    return found.filter(({ left, wide }) => left + wide >= from - 250 && left <= until);
  }

  /**
   * @param {number} left
   * @param {number} wide
   * @param {string} text
   */
  cell(left, wide, text) {
    const cell = make("div", { class: "cell" }, make("span", { text }));
    cell.style.left = `${this.round(left)}px`;
    cell.style.width = `${this.round(wide)}px`;
    return cell;
  }

  /**
   * Show the line of a link that is being drawn; none without points.
   * @param {[number, number][] | null} points - [px] on the sheet
   */
  drawDraft(points) {
    this.draft.setAttribute("d", points ? `M${points.map((point) => point.join(" ")).join("L")}` : "");
  }
}

/** @typedef {{link: Link, name: string, low: number, high: number, d: string, tip: string}} Line */

/**
 * A browser draws anew what is told it anew, though it be the same.
 * @param {Element} path
 * @param {string} d
 */
function trace(path, d) {
  if (path.getAttribute("d") !== d) path.setAttribute("d", d);
}

/** @param {{from: number, to: number, kind: string}} link */
function linkName({ from, to, kind }) {
  return `${from}-${to}-${kind}`;
}
