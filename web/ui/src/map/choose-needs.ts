// Choosing the needs for a diagnosis on the map: those that it shows, or those in an outline that is drawn.

import type { Map as MapLibre } from "maplibre-gl";
import { el, svgEl } from "../create-element";
import { t } from "../messages";
import { formatBox, formatCorners, narrowed } from "./needs-form";

interface Point {
  x: number;
  y: number;
}

const minDragPixels = 8; // that make a rectangle; less is a click, which makes a corner
const maxCorners = 100; // that the server accepts

/**
 * Buttons beside the map for whoever may begin a diagnosis, which the page says by a link with data-choose to its
 * form. A drag draws a rectangle; clicks draw the corners of an outline, which Enter or a double click closes.
 */
export class ChooseNeeds {
  private readonly draw: HTMLButtonElement;
  private readonly hint = el("p", { class: "choose-hint", role: "status" });
  private readonly drawing = svgEl("svg", { class: "choose-drawing" });
  private readonly shape = svgEl("polygon", {});
  private points: Point[] = [];
  private from: Point | undefined; // where the pointer is pressed

  constructor(
    container: HTMLElement,
    private readonly map: MapLibre,
  ) {
    const section = el("button", { type: "button", class: "button" }, t("ui.choose.section"));
    section.addEventListener("click", () => this.chooseSection());
    this.draw = el("button", { type: "button", class: "button", "aria-pressed": "false" }, t("ui.choose.draw"));
    this.draw.addEventListener("click", () => this.setDrawing(!this.isDrawing));
    container.append(
      el("details", { class: "choose-needs" }, el("summary", {}, t("ui.choose.label")), section, this.draw, this.hint),
    );
    this.drawing.append(this.shape);
    this.drawing.addEventListener("pointerdown", (event) => this.press(event));
    this.drawing.addEventListener("pointermove", (event) => this.move(event));
    this.drawing.addEventListener("pointerup", (event) => this.release(event));
    this.drawing.addEventListener("dblclick", () => this.close());
    document.addEventListener("keydown", (event) => this.handleKey(event));
  }

  /** Whether the page leads to the form of a diagnosis. */
  static get isOffered(): boolean {
    return document.querySelector("[data-choose]") !== null;
  }

  private get isDrawing(): boolean {
    return this.drawing.isConnected;
  }

  private chooseSection(): void {
    const bounds = this.map.getBounds();
    this.open("bbox", formatBox([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]));
  }

  private open(name: "bbox" | "polygon", value: string): void {
    const link = document.querySelector<HTMLAnchorElement>("[data-choose]");
    if (link) {
      location.assign(narrowed(link.href, name, value));
    } else {
      this.hint.textContent = t("ui.choose.none");
    }
  }

  private setDrawing(on: boolean): void {
    this.points = [];
    this.from = undefined;
    this.update();
    this.draw.setAttribute("aria-pressed", String(on));
    this.hint.textContent = on ? t("ui.choose.hint") : "";
    if (on) {
      this.map.getContainer().append(this.drawing);
    } else {
      this.drawing.remove();
    }
  }

  private pointOf(event: PointerEvent): Point {
    const box = this.drawing.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private press(event: PointerEvent): void {
    event.stopPropagation();
    this.from = this.pointOf(event);
    this.drawing.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    const to = this.pointOf(event);
    if (this.from && this.points.length === 0 && isDrag(this.from, to)) {
      this.update(rectangle(this.from, to));
    } else if (this.points.length > 0) {
      this.update([...this.points, to]);
    }
  }

  private release(event: PointerEvent): void {
    const { from } = this;
    this.from = undefined;
    if (!from) {
      return;
    }
    const to = this.pointOf(event);
    if (this.points.length === 0 && isDrag(from, to)) {
      this.points = rectangle(from, to);
      this.close();
      return;
    }
    const last = this.points.at(-1);
    if ((!last || isDrag(last, to)) && this.points.length < maxCorners) {
      this.points.push(to);
      this.update();
    }
  }

  private handleKey(event: KeyboardEvent): void {
    if (!this.isDrawing) {
      return;
    }
    if (event.key === "Escape") {
      this.setDrawing(false);
      this.draw.focus();
    } else if (event.key === "Enter" && this.points.length > 0) {
      event.preventDefault();
      this.close();
    }
  }

  /** Leads to the form with the needs in what was drawn. */
  private close(): void {
    if (this.points.length < 3) {
      return;
    }
    const corners = this.points.map(({ x, y }) => this.map.unproject([x, y]));
    this.setDrawing(false);
    this.open("polygon", formatCorners(corners.map(({ lng, lat }) => [lng, lat])));
  }

  private update(points: Point[] = this.points): void {
    this.shape.setAttribute("points", points.map(({ x, y }) => `${x},${y}`).join(" "));
  }
}

function isDrag(from: Point, to: Point): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) >= minDragPixels;
}

function rectangle(a: Point, b: Point): Point[] {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}
