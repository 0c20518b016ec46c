import type { Core, ElementDefinition, EventObject } from "cytoscape";
import type { GraphPicture } from "#lib/views/graph.ts";
import { toElements } from "./canvas-elements.ts";
import { canvasStyle, readColours } from "./canvas-style.ts";
import { firstView, nextView, viewOfAll } from "./first-view.ts";

/** A person's action on the canvas. */
export interface CanvasEvents {
  readonly onNode: (nodeIndex: number) => void;
  readonly onGroup: (parent: number) => void;
  readonly onNothing: () => void;
  /** The visible part of the drawing, in its own units. */
  readonly onMove: (seen: { x1: number; y1: number; w: number; h: number }) => void;
}

/** Boxes, and lines, drawn per frame at first: a box takes much longer than a line, because its label is measured and painted. */
const BOX_PORTION = 40;
const LINE_PORTION = 300;
/** Number of lines above which they are hidden while the drawing moves. */
const MANY_LINES = 800;
const NEAREST = 2.5;
const FARTHEST = 0.05;
/** The zoom for a selected node, unless the view is closer already. */
const READABLE = 0.9;
const MOVE_MILLISECONDS = 260;
const PAN_STEP = 80;
const ZOOM_STEP = 1.25;

/** The page's drawing: owns the Cytoscape instance, draws pictures, emits clicks. Computes no layout. */
export class CanvasView {
  readonly #core: Core;
  readonly #still: boolean;
  #chosen: string | undefined;
  /** The last clicked box, which is in view already. */
  #clicked: string | undefined;
  #picture: GraphPicture;

  private constructor(core: Core, picture: GraphPicture) {
    this.#core = core;
    this.#picture = picture;
    this.#still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Loads the drawing library, which no other page does, and draws the picture. */
  static async open(container: HTMLElement, picture: GraphPicture, events: CanvasEvents): Promise<CanvasView> {
    const { default: cytoscape } = await import("cytoscape");
    const { boxes, lines } = toElements(picture);
    const core = cytoscape({
      container,
      style: canvasStyle(readColours()),
      layout: { name: "preset", fit: false },
      ...firstView(picture.elements, { width: container.clientWidth, height: container.clientHeight }),
      minZoom: FARTHEST,
      maxZoom: NEAREST,
      autoungrabify: true,
      boxSelectionEnabled: false,
      hideEdgesOnViewport: lines.length > MANY_LINES,
    });
    const view = new CanvasView(core, picture);
    await view.#add(boxes, BOX_PORTION);
    await view.#add(lines, LINE_PORTION);
    view.#listen(container, events);
    return view;
  }

  /** Elements are added in portions per frame, so that no task blocks the page for long. */
  async #add(elements: readonly ElementDefinition[], portion: number): Promise<void> {
    for (let at = 0; at < elements.length; at += portion) {
      // The library paints in a frame's callback: the next portion comes after it, in a separate task.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      if (this.#core.destroyed()) return;
      this.#core.add(elements.slice(at, at + portion));
    }
  }

  /** Draws another picture: remaining boxes move to their new position, so that the opening of a group is visible. */
  show(picture: GraphPicture): void {
    if (picture === this.#picture) return;
    const before = this.#picture;
    this.#picture = picture;
    const core = this.#core;
    const { boxes, lines } = toElements(picture);
    const elements = [...boxes, ...lines];
    const wanted = new Set(elements.map(({ data }) => data.id));
    core.batch(() => {
      core
        .elements()
        .filter((element) => !wanted.has(element.id()))
        .remove();
      for (const element of elements) this.#put(element);
    });
    this.choose(this.#chosen, false);
    const place = nextView(before.elements, picture.elements, core.extent());
    if (place === "anew") core.viewport(firstView(picture.elements, this.#room()));
    else if (place !== "here") this.#travelTo(core.getElementById(place.key));
  }

  #room() {
    return { width: this.#core.width(), height: this.#core.height() };
  }

  #put(element: ElementDefinition): void {
    const known = this.#core.getElementById(element.data.id ?? "");
    if (known.empty()) {
      this.#core.add(element);
      return;
    }
    known.data(element.data);
    const { x, y } = known.position();
    if (element.position === undefined || (element.position.x === x && element.position.y === y)) return;
    if (this.#still) known.position(element.position);
    else known.animate({ position: element.position }, { duration: MOVE_MILLISECONDS });
  }

  /** Marks a node with its edges and neighbours; `travel` also brings it into view. */
  choose(key: string | undefined, travel: boolean): void {
    this.#chosen = key;
    const core = this.#core;
    core.batch(() => {
      core.elements().removeClass("chosen near faded");
      const node = key === undefined ? core.collection() : core.getElementById(key);
      if (node.empty()) return;
      const near = node.closedNeighborhood();
      core.elements().not(near).addClass("faded");
      near.edges().addClass("near");
      node.addClass("chosen");
      if (travel && key !== this.#clicked) this.#travelTo(node);
      this.#clicked = undefined;
    });
  }

  #travelTo(node: ReturnType<Core["getElementById"]>): void {
    const zoom = Math.max(this.#core.zoom(), READABLE);
    if (this.#still) this.#core.zoom(zoom).center(node);
    else this.#core.animate({ zoom, center: { eles: node } }, { duration: MOVE_MILLISECONDS });
  }

  /** Reads the page's colours again, after the theme changed. */
  recolour(): void {
    this.#core.style(canvasStyle(readColours()));
  }

  /** Centres this point of the drawing. */
  centre(x: number, y: number): void {
    const zoom = this.#core.zoom();
    this.#core.pan({ x: this.#core.width() / 2 - x * zoom, y: this.#core.height() / 2 - y * zoom });
  }

  fit(): void {
    this.#core.viewport(viewOfAll(this.#picture.elements, this.#room()));
  }

  zoom(factor: number): void {
    const centre = { x: this.#core.width() / 2, y: this.#core.height() / 2 };
    this.#core.zoom({ level: this.#core.zoom() * factor, renderedPosition: centre });
  }

  close(): void {
    this.#core.destroy();
  }

  #listen(container: HTMLElement, events: CanvasEvents): void {
    const core = this.#core;
    core.on("tap", (event: EventObject) => {
      if (event.target === core) events.onNothing();
    });
    core.on("tap", "node", ({ target }: EventObject) => {
      const { type, nodeIndex } = target.data();
      if (type === "group") events.onGroup(nodeIndex);
      else {
        this.#clicked = target.id();
        events.onNode(nodeIndex);
      }
    });
    core.on("viewport resize", () => events.onMove(core.extent()));
    events.onMove(core.extent());
    core.on("mouseover", "node", ({ target }: EventObject) => {
      target.addClass("pointed");
      container.style.cursor = "pointer";
    });
    core.on("mouseout", "node", ({ target }: EventObject) => {
      target.removeClass("pointed");
      container.style.cursor = "";
    });
  }

  /** Moves or zooms by keyboard; true if the key has an action. */
  press(key: string): boolean {
    const pan: Record<string, { x: number; y: number }> = {
      ArrowLeft: { x: PAN_STEP, y: 0 },
      ArrowRight: { x: -PAN_STEP, y: 0 },
      ArrowUp: { x: 0, y: PAN_STEP },
      ArrowDown: { x: 0, y: -PAN_STEP },
    };
    const step = pan[key];
    if (step !== undefined) this.#core.panBy(step);
    else if (key === "+" || key === "=") this.zoom(ZOOM_STEP);
    else if (key === "-") this.zoom(1 / ZOOM_STEP);
    else if (key === "0") this.fit();
    else return false;
    return true;
  }
}
