import type { Core, EventObject } from "cytoscape";
import type { GraphPicture } from "#lib/views/graph.ts";
import { toElements } from "./canvas-elements.ts";
import { canvasStyle, readColours } from "./canvas-style.ts";

/** What a person did on the canvas. */
export interface CanvasEvents {
  readonly onNode: (nodeIndex: number) => void;
  readonly onGroup: (parent: number) => void;
  readonly onNothing: () => void;
}

const PADDING = 32;
const NEAREST = 2.5;
const FARTHEST = 0.05;
/** The zoom below which names cannot be read. */
const LEGIBLE = 0.7;
/** The zoom at which a chosen node is shown, unless the person is nearer already. */
const READABLE = 0.9;
const MOVE_MILLISECONDS = 260;
const PAN_STEP = 80;
const ZOOM_STEP = 1.25;

/** The one drawing on the page: owns the Cytoscape instance, takes pictures, tells clicks. Lays nothing out. */
export class CanvasView {
  readonly #core: Core;
  readonly #still: boolean;
  #chosen: string | undefined;

  private constructor(core: Core) {
    this.#core = core;
    this.#still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Loads the drawing library, which no other page does, and draws the picture. */
  static async open(container: HTMLElement, picture: GraphPicture, events: CanvasEvents): Promise<CanvasView> {
    const { default: cytoscape } = await import("cytoscape");
    const core = cytoscape({
      container,
      elements: toElements(picture),
      style: canvasStyle(readColours()),
      layout: { name: "preset", fit: true, padding: PADDING },
      minZoom: FARTHEST,
      maxZoom: NEAREST,
      autoungrabify: true,
      boxSelectionEnabled: false,
      hideEdgesOnViewport: picture.links.length > 800,
      textureOnViewport: false,
      pixelRatio: "auto",
    });
    const view = new CanvasView(core);
    view.#standBack();
    view.#listen(container, events);
    return view;
  }

  /** The first look: everything, where names can be read that way; else the left end, where the roots are, at a readable size. */
  #standBack(): void {
    const core = this.#core;
    if (core.zoom() >= LEGIBLE) return;
    core.zoom(LEGIBLE);
    const { x1 } = core.elements().boundingBox();
    const inView = core.nodes().filter((node) => node.position("x") < x1 + core.width() / LEGIBLE);
    const middle = centreOf(inView.map((node) => ({ at: node.position("y"), weight: node.data("height") })));
    core.pan({ x: PADDING - x1 * LEGIBLE, y: core.height() / 2 - middle * LEGIBLE });
  }

  /** Draws another picture: boxes that stay move to their new place, so that a group is seen to open. */
  show(picture: GraphPicture): void {
    const core = this.#core;
    const elements = toElements(picture);
    const wanted = new Set(elements.map(({ data }) => data.id));
    core.batch(() => {
      core
        .elements()
        .filter((element) => !wanted.has(element.id()))
        .remove();
      for (const element of elements) this.#put(element);
    });
    this.choose(this.#chosen, false);
  }

  #put(element: ReturnType<typeof toElements>[number]): void {
    const known = this.#core.getElementById(element.data.id ?? "");
    if (known.empty()) {
      this.#core.add(element);
      return;
    }
    known.data(element.data);
    if (element.position === undefined) return;
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
      if (travel) this.#travelTo(node);
    });
  }

  #travelTo(node: ReturnType<Core["getElementById"]>): void {
    const zoom = Math.max(this.#core.zoom(), READABLE);
    if (this.#still) this.#core.zoom(zoom).center(node);
    else this.#core.animate({ zoom, center: { eles: node } }, { duration: MOVE_MILLISECONDS });
  }

  /** Takes the colours of the page again, after the theme changed. */
  recolour(): void {
    this.#core.style(canvasStyle(readColours()));
  }

  fit(): void {
    this.#core.fit(undefined, PADDING);
  }

  zoom(factor: number): void {
    const centre = { x: this.#core.width() / 2, y: this.#core.height() / 2 };
    this.#core.zoom({ level: this.#core.zoom() * factor, renderedPosition: centre });
  }

  /** Where a box stands in the container now, in pixels. For tests and tooltips. */
  positionOf(key: string): { x: number; y: number } | undefined {
    const element = this.#core.getElementById(key);
    return element.empty() ? undefined : element.renderedPosition();
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
      else events.onNode(nodeIndex);
    });
    core.on("mouseover", "node", ({ target }: EventObject) => {
      target.addClass("pointed");
      container.style.cursor = "pointer";
    });
    core.on("mouseout", "node", ({ target }: EventObject) => {
      target.removeClass("pointed");
      container.style.cursor = "";
    });
  }

  /** Moves or zooms by keyboard; true where the key meant something. */
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

function centreOf(points: readonly { at: number; weight: number }[]): number {
  const weight = points.reduce((sum, point) => sum + point.weight, 0);
  return points.reduce((sum, point) => sum + point.at * point.weight, 0) / Math.max(1, weight);
}
