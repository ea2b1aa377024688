// @ts-check
/**
 * Mouse, pen and finger. What is held follows the pointer once a frame, by the window's own
 * drawing alone; the plan changes when it is let go, and Escape lets it go where it was.
 */

const NUDGE = 4; // [px] that a pointer moves before it drags
const EDGE = 44; // [px] from an edge where the sheet begins to scroll
const FASTEST = 11; // [px] it scrolls in a frame
const LONG = 420; // [ms] of a press that lifts a row

class Hands {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.scroll = editor.sheet.scroll;
    /** @type {Gesture | null} */
    this.gesture = null;
    this.isDragging = this.wasDragged = this.lifted = false;
    this.first = { x: 0, y: 0, scrollLeft: 0, scrollTop: 0 }; // where it was taken
    this.last = /** @type {PointerEvent} */ (/** @type {unknown} */ (null)); // the pointer now
    this.pointer = 0; // whose gesture it is: another finger has no part in it
    this.frame = this.creeping = this.zooming = 0;
    this.closer = 1; // what the wheel has asked for since the last frame
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.lifting = undefined;
    this.tag = make("div", { class: "tag", hidden: true, "aria-hidden": "true" });
    editor.frame.append(this.tag);
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.key(event);
    // Pressed at the edge and let go outside, before anything was dragged: nobody else hears of it.
    this.onUp = (/** @type {PointerEvent} */ event) => event.pointerId === this.pointer && this.gesture && !this.isDragging && this.cancel();
    this.listen();
  }

  listen() {
    const { scroll } = this;
    scroll.addEventListener("pointerdown", (event) => this.down(event));
    scroll.addEventListener("pointermove", (event) => this.move(event));
    scroll.addEventListener("pointerup", (event) => this.up(event));
    scroll.addEventListener("pointercancel", (event) => event.pointerId === this.pointer && this.cancel());
    // A finger's first hold, on the bar itself, ends when the sheet takes it over.
    scroll.addEventListener("lostpointercapture", (event) => event.target === scroll && this.isDragging && this.cancel());
    scroll.addEventListener("click", (event) => this.click(event));
    scroll.addEventListener("dblclick", (event) => this.doubleClick(event));
    scroll.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    scroll.addEventListener("contextmenu", (event) => this.lifted && event.preventDefault());
    scroll.addEventListener("touchmove", (event) => this.isDragging && event.preventDefault(), { passive: false });
    window.addEventListener("keydown", this.onKey, true);
    window.addEventListener("pointerup", this.onUp);
  }

  leave() {
    this.cancel();
    window.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("pointerup", this.onUp);
  }

  // ------------------------------------------------------------------ from down to up

  /** @param {PointerEvent} event */
  down(event) {
    if (this.isDragging) return;
    this.wasDragged = false;
    this.editor.tips.hide();
    if (this.editor.told.isOpen) {
      this.editor.told.toggle();
      this.wasDragged = true; // a tap beside an open list closes it, and does no more
      return;
    }
    if (event.button !== 0 || !event.isPrimary || !this.editor.shown) return;
    const part = partOf(event);
    if (part?.dataset.part !== "naming") this.editor.grid.focus({ preventScroll: true });
    this.pointer = event.pointerId;
    this.gesture = part ? this.gestureOf(part, event) : null;
    if (!this.gesture) return;
    if (event.pointerType === "mouse" && part?.dataset.part !== "naming") event.preventDefault();
    const { scrollLeft, scrollTop } = this.scroll;
    this.first = { x: event.clientX, y: event.clientY, scrollLeft, scrollTop };
    this.last = event;
    if (this.isFinger(event) && part?.dataset.part === "number") this.waitToLift(event);
  }

  /**
   * What a part does when it is dragged; null: nothing of ours.
   * @param {HTMLElement} part
   * @param {PointerEvent} event
   * @returns {Gesture | null}
   */
  gestureOf(part, event) {
    const { editor } = this;
    const isFinger = this.isFinger(event);
    const id = Number(/** @type {HTMLElement} */ (part.closest("[data-task]"))?.dataset.task);
    const row = this.heldRow(id);
    if (!row) return isFinger ? null : part.dataset.part === "ground" ? new Pan(this) : null;
    if (!editor.mayEdit || (isFinger && part.dataset.part !== "number" && editor.active !== id)) return null;
    switch (part.dataset.part) {
      case "bar":
        return new MoveBar(this, row);
      case "stretch":
        return new StretchBar(this, row);
      case "progress":
        return new SetDone(this, row);
      case "dot":
        return new DrawLink(this, row, part.dataset.end === "s" ? "s" : "f");
      case "number":
        return new MoveRow(this, row);
      default:
        return null;
    }
  }

  /**
   * The row of a task as it is drawn: where it was dropped, while the server has not answered.
   * @param {number} id
   */
  heldRow(id) {
    const shown = /** @type {Shown} */ (this.editor.shown);
    const row = shown.row(id || null);
    const ghost = row && this.editor.ghost(row.id);
    if (!row || !ghost) return row;
    const { start = row.start, end = row.end } = ghost;
    const from = shown.moved(row.from, start - row.start);
    const to = shown.moved(row.to, end - row.end);
    return { ...row, ...ghost, from, to };
  }

  /** @param {PointerEvent} event */
  isFinger(event) {
    return event.pointerType === "touch";
  }

  /** @param {PointerEvent} event */
  waitToLift(event) {
    this.lifted = false;
    clearTimeout(this.lifting);
    this.lifting = setTimeout(() => {
      if (!this.gesture) return;
      this.lifted = true;
      navigator.vibrate?.(12);
      this.begin(event);
    }, LONG);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.gesture) {
      this.editor.tips.hover(event);
      return;
    }
    if (event.pointerId !== this.pointer) return;
    if (event.pointerType === "mouse" && !event.buttons) return this.cancel(); // let go where nobody saw it
    this.last = event;
    if (!this.isDragging) {
      const far = Math.hypot(event.clientX - this.first.x, event.clientY - this.first.y) > NUDGE;
      if (!far) return;
      if (this.isFinger(event) && this.gesture instanceof MoveRow) {
        this.cancel(); // a finger that slides before it has lifted a row scrolls
        return;
      }
      this.begin(event);
    }
    this.frame ||= requestAnimationFrame(() => this.follow());
  }

  /** @param {PointerEvent} event */
  begin(event) {
    this.isDragging = true;
    this.editor.tips.hide();
    this.scroll.setPointerCapture(event.pointerId);
    this.editor.frame.classList.add("dragging");
    this.gesture?.begin();
    this.creep();
  }

  follow() {
    this.frame = 0;
    if (!this.gesture || !this.isDragging) return;
    const { x, y, scrollLeft, scrollTop } = this.first;
    const right = this.last.clientX - x + (this.gesture.isOnSheet ? this.scroll.scrollLeft - scrollLeft : 0);
    const down = this.last.clientY - y + (this.gesture.isOnSheet ? this.scroll.scrollTop - scrollTop : 0);
    this.gesture.move(right, down, this.last);
  }

  /** @param {PointerEvent} event */
  up(event) {
    const { gesture, isDragging } = this;
    if (!gesture || event.pointerId !== this.pointer) return;
    if (isDragging) {
      this.last = event;
      this.follow();
      this.wasDragged = true;
    }
    this.forget();
    if (isDragging) {
      gesture.end();
      gesture.drop();
      if (gesture.row) this.editor.setActive(gesture.row.id);
    }
    this.editor.settled();
  }

  cancel() {
    const { gesture, isDragging } = this;
    this.forget();
    if (gesture && isDragging) {
      this.wasDragged = true;
      gesture.end();
      gesture.undo();
      this.scroll.scrollTo(this.first.scrollLeft, this.first.scrollTop);
    }
    if (gesture) this.editor.settled();
  }

  forget() {
    clearTimeout(this.lifting);
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.creeping);
    this.frame = this.creeping = 0;
    this.gesture = null;
    this.isDragging = this.lifted = false;
    this.tag.hidden = true;
    this.editor.frame.classList.remove("dragging");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Escape" || !this.isDragging) return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  }

  /** Near an edge the sheet scrolls under the pointer, the faster the nearer. */
  creep() {
    this.creeping = requestAnimationFrame(() => {
      if (!this.isDragging || !this.gesture?.isOnSheet) return;
      const box = this.scroll.getBoundingClientRect();
      const { clientX, clientY } = this.last;
      const right = edge(clientX, box.left + this.editor.sheet.side, box.right) * this.gesture.sideways;
      const down = edge(clientY, box.top + AXIS, box.bottom) * this.gesture.upwards;
      const isEnd = this.scroll.scrollLeft + this.scroll.clientWidth >= this.scroll.scrollWidth - 2;
      if (right > 0 && isEnd) this.editor.sheet.grow(right);
      if (right || down) {
        this.scroll.scrollBy(right, down);
        this.follow();
      }
      this.creep();
    });
  }

  // ------------------------------------------------------------------ clicks and the wheel

  /** @param {MouseEvent} event */
  click(event) {
    if (this.wasDragged || !this.editor.shown) {
      this.wasDragged = false;
      return;
    }
    const part = partOf(event);
    const what = part?.dataset.part;
    if (!part || what === "naming") return;
    if (what === "link") {
      this.editor.chooseLink(part.dataset.link ?? "", event);
      return;
    }
    const task = /** @type {HTMLElement} */ (part.closest("[data-task]"))?.dataset.task;
    const id = task ? Number(task) : this.editor.shown.rows[this.editor.sheet.placeAt(event.clientY)]?.id;
    if (id === undefined) return;
    if (what === "fold") this.editor.fold(id);
    else this.editor.clicked(id);
    if (what === "name" || what === "title") this.editor.sheet.reveal(id);
  }

  /** @param {MouseEvent} event */
  doubleClick(event) {
    const part = partOf(event);
    const id = Number(/** @type {HTMLElement} */ (part?.closest("[data-task]"))?.dataset.task);
    if (!id || part?.dataset.part === "naming") return;
    if (part?.dataset.part === "title" || part?.dataset.part === "name") this.editor.name(id);
    else if (part?.closest(".group")) this.editor.open();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const scale = event.deltaMode === 1 ? 30 : 1;
    this.closer *= Math.exp(-event.deltaY * scale * 0.003);
    this.zooming ||= requestAnimationFrame(() => {
      const by = this.closer;
      this.closer = 1;
      this.zooming = 0;
      this.editor.zoom(by, event.clientX);
    });
  }

  /**
   * Say beside the pointer what letting go would do.
   * @param {string} words
   */
  say(words, isRefused = false) {
    const box = this.editor.frame.getBoundingClientRect();
    this.tag.hidden = false;
    if (this.tag.textContent !== words) this.tag.textContent = words;
    this.tag.classList.toggle("refused", isRefused);
    const left = clamp(this.last.clientX - box.left + 14, 4, box.width - this.tag.offsetWidth - 4);
    const top = Math.max(this.last.clientY - box.top - this.tag.offsetHeight - 14, 2);
    this.tag.style.transform = `translate(${left}px, ${top}px)`;
  }
}

/**
 * @param {number} at
 * @param {number} low
 * @param {number} high
 */
function edge(at, low, high) {
  if (at < low + EDGE) return -Math.min((low + EDGE - at) / 4, FASTEST);
  if (at > high - EDGE) return Math.min((at - high + EDGE) / 4, FASTEST);
  return 0;
}
