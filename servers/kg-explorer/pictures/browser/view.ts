/** The part of a drawing that is seen: panned with the pointer, zoomed around a place, fitted to the page. */

const MOST_ZOOM = 4;
/** Labels are drawn for a scale of 1; below this they strain the eye. */
const READABLE = 0.72;
/** Pointer movement below this is a click. */
const CLICK = 4;

export class View {
  readonly #svg: SVGSVGElement;
  readonly #whole: { width: number; height: number };
  /** In units of the drawing. */
  #left = 0;
  #top = 0;
  /** Pixels per unit. */
  #scale = 1;
  /** Whether the last press moved the picture: such a press chooses nothing. */
  wasDragged = false;

  constructor(svg: SVGSVGElement, whole: { width: number; height: number }) {
    this.#svg = svg;
    this.#whole = whole;
    this.#listen();
  }

  /** All of the drawing, never larger than it was drawn. */
  fit(): void {
    const { width, height } = this.#size();
    this.#scale = Math.min(1, width / this.#whole.width, height / this.#whole.height);
    this.#left = (this.#whole.width - width / this.#scale) / 2;
    this.#top = (this.#whole.height - height / this.#scale) / 2;
    this.#apply();
  }

  /** All of the drawing where its labels stay readable so; else a part, around a place of it. */
  start(place: { x: number; y: number }): void {
    this.fit();
    if (this.#scale >= READABLE) return;
    const { width, height } = this.#size();
    this.#scale = READABLE;
    this.#left = within(place.x - width / READABLE / 2, this.#whole.width - width / READABLE);
    this.#top = within(place.y - height / READABLE / 2, this.#whole.height - height / READABLE);
    this.#apply();
  }

  /** @param factor more than 1 is nearer; around the middle of the page unless a place on it is given (pixels) */
  zoom(factor: number, place?: { x: number; y: number }): void {
    const { width, height } = this.#size();
    const { x, y } = place ?? { x: width / 2, y: height / 2 };
    const least = Math.min(1, width / this.#whole.width, height / this.#whole.height) / 2;
    const scale = Math.min(MOST_ZOOM, Math.max(least, this.#scale * factor));
    this.#left += x / this.#scale - x / scale;
    this.#top += y / this.#scale - y / scale;
    this.#scale = scale;
    this.#apply();
  }

  /** Moves what is seen by pixels of the page. */
  pan(dx: number, dy: number): void {
    this.#left += dx / this.#scale;
    this.#top += dy / this.#scale;
    this.#apply();
  }

  /** Moves as little as needed for a place of the drawing to be well inside. */
  reveal({ x, y }: { x: number; y: number }): void {
    const { width, height } = this.#size();
    const border = 60 / this.#scale;
    const [right, bottom] = [this.#left + width / this.#scale, this.#top + height / this.#scale];
    if (x < this.#left + border) this.#left = x - border;
    else if (x > right - border) this.#left += x - right + border;
    if (y < this.#top + border) this.#top = y - border;
    else if (y > bottom - border) this.#top += y - bottom + border;
    this.#apply();
  }

  #size(): { width: number; height: number } {
    const { width, height } = this.#svg.getBoundingClientRect();
    return { width: Math.max(1, width), height: Math.max(1, height) };
  }

  #apply(): void {
    const { width, height } = this.#size();
    const box = [this.#left, this.#top, width / this.#scale, height / this.#scale];
    this.#svg.setAttribute("viewBox", box.map((v) => v.toFixed(2)).join(" "));
  }

  #listen(): void {
    const svg = this.#svg;
    let last: { x: number; y: number } | undefined;
    let moved = 0;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      last = { x: event.clientX, y: event.clientY };
      moved = 0;
      this.wasDragged = false;
    });
    svg.addEventListener("pointermove", (event) => {
      if (!last) return;
      const [dx, dy] = [last.x - event.clientX, last.y - event.clientY];
      moved += Math.hypot(dx, dy);
      if (moved > CLICK && !this.wasDragged) {
        this.wasDragged = true;
        svg.setPointerCapture(event.pointerId);
        svg.classList.add("dragged");
      }
      if (this.wasDragged) this.pan(dx, dy);
      last = { x: event.clientX, y: event.clientY };
    });
    const stop = () => {
      last = undefined;
      svg.classList.remove("dragged");
    };
    svg.addEventListener("pointerup", stop);
    svg.addEventListener("pointercancel", stop);
    svg.addEventListener(
      "wheel",
      (event) => {
        // A plain wheel scrolls the conversation around the picture.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const { left, top } = svg.getBoundingClientRect();
        this.zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - left, y: event.clientY - top });
      },
      { passive: false },
    );
  }
}

/** Not beyond the drawing; in the middle where it is smaller than the page. */
function within(start: number, room: number): number {
  return room < 0 ? room / 2 : Math.min(room, Math.max(0, start));
}
