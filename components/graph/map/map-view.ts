import {
  type Box,
  type Camera,
  type CameraPlace,
  type MapRoom,
  MapScene,
  WHOLE,
  ZOOM_STEP,
} from "#lib/pictures/map/map-camera.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { MapBitmaps } from "./map-bitmaps.ts";
import { type MapColours, readMapColours } from "./map-colours.ts";
import type { MapWords } from "./map-words.ts";
import { paintMarks } from "./paint-marks.ts";

export interface MapEvents {
  /** In every frame: where the strata are in the room, and the part of the whole map that is seen. */
  readonly onFrame: (scene: MapScene) => void;
  /** A little after the last movement. */
  readonly onRest: (scene: MapScene) => void;
  /** The node under the pointer, or under the keyboard's cursor; −1 for none. */
  readonly onPoint: (position: number, box: Box | undefined) => void;
}

/** Milliseconds without a movement after which names are placed again and the address is written. */
const REST_MS = 300;
/** A picture that takes longer is painted when zooming pauses; until then the bitmap is stretched. */
const FAST_MS = 12;
const ZOOM_PAUSE_MS = 90;
/** A full picture that takes longer follows a draft of it, so that a selection is lit at once. */
const DRAFT_MS = 25;
const FLIGHT_MS = 260;
/** Pixels of a side from which a node can be pointed at. */
const MIN_PICK = 4;

const EVERYTHING: CameraPlace = { z: 1, x: 0, y: 0 };

interface Flight {
  readonly from: CameraPlace;
  readonly to: CameraPlace;
  readonly begun: number;
}

/** The drawing of a map: owns the canvas, the camera and the bitmaps. Computes no layout. */
export class MapView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #section: MapSection;
  readonly #events: MapEvents;
  readonly #bitmaps = new MapBitmaps();
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  #colours: MapColours = readMapColours();
  #words: MapWords | undefined;
  #scene: MapScene;
  #litAt: Uint8Array | undefined;
  #selected = -1;
  #pointed = -1;
  #neighbours: readonly number[] = [];
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #draft: ReturnType<typeof setTimeout> | undefined;
  #zoomedAt = 0;
  #flight: Flight | undefined;

  /** `place`: what is seen at first; default: everything. */
  constructor(
    canvas: HTMLCanvasElement,
    section: MapSection,
    { room, place = EVERYTHING, events }: { room: MapRoom; place: CameraPlace | undefined; events: MapEvents },
  ) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false });
    this.#section = section;
    this.#events = events;
    this.#scene = MapScene.at(section, room, place);
    this.resize(room);
  }

  get scene(): MapScene {
    return this.#scene;
  }

  get pointed(): number {
    return this.#pointed;
  }

  get selected(): number {
    return this.#selected;
  }

  resize(room: MapRoom): void {
    const place = this.#scene.toPlace();
    const scale = window.devicePixelRatio;
    this.#canvas.width = Math.round(room.width * scale);
    this.#canvas.height = Math.round(room.height * scale);
    this.#scene = MapScene.at(this.#section, room, place);
    this.#bitmaps.clear();
    this.#draw();
    this.#emitPoint();
    this.#events.onRest(this.#scene);
  }

  /** Names arrive after the first picture. */
  name(words: MapWords): void {
    this.#words = words;
    this.#paintNames();
    this.#draw();
  }

  recolour(): void {
    this.#colours = readMapColours();
    this.#repaint();
  }

  /** Marks a node, lights a set, and draws lines to neighbours; −1 and `undefined`: nothing. Painted at once. */
  select(position: number, litAt: Uint8Array | undefined, neighbours: readonly number[]): void {
    this.#selected = position;
    this.#litAt = litAt;
    this.#neighbours = neighbours;
    this.#repaint();
  }

  point(position: number): void {
    if (position === this.#pointed) return;
    this.#pointed = position;
    this.#emitPoint();
    this.#request();
  }

  #emitPoint(): void {
    this.#events.onPoint(this.#pointed, this.#pointed < 0 ? undefined : this.#scene.boxOf(this.#pointed));
  }

  pick(x: number, y: number): number {
    return this.#scene.pick(x, y, MIN_PICK);
  }

  pan(x: number, y: number): void {
    this.#show(this.#scene.panned(x, y));
  }

  zoom(factor: number, x = this.#scene.room.width / 2, y = this.#scene.room.height / 2): void {
    this.#zoomedAt = performance.now();
    this.#show(this.#scene.zoomed(factor, x, y));
  }

  zoomIn(): void {
    this.zoom(ZOOM_STEP ** 2);
  }

  zoomOut(): void {
    this.zoom(ZOOM_STEP ** -2);
  }

  fit(): void {
    this.#flyTo(new MapScene(this.#section, this.#scene.room, WHOLE));
  }

  /** Brings a node into view; `fill`: as large as the room allows. */
  flyTo(position: number, fill = false): void {
    this.#flyTo(this.#scene.flownTo(position, fill));
  }

  /** A view from an address. */
  place(place: CameraPlace): void {
    this.#flight = undefined;
    this.#show(MapScene.at(this.#section, this.#scene.room, place));
  }

  /** What is in view now, with its names and marks. */
  async toPng(): Promise<Blob> {
    this.#draw();
    const blob = await new Promise<Blob | null>((resolve) => this.#canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("the browser made no picture of the map");
    return blob;
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    clearTimeout(this.#draft);
  }

  #flyTo({ camera }: { readonly camera: Camera }): void {
    const to = new MapScene(this.#section, this.#scene.room, camera);
    if (this.#still) {
      this.#show(to);
      return;
    }
    this.#flight = { from: this.#scene.toPlace(), to: to.toPlace(), begun: performance.now() };
    this.#request();
  }

  #show(scene: MapScene): void {
    this.#flight = undefined;
    this.#scene = scene;
    this.#moved();
  }

  #moved(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settle(), REST_MS);
    this.#request();
  }

  #settle(): void {
    this.#paintNames();
    this.#draw();
    this.#emitPoint();
    this.#events.onRest(this.#scene);
  }

  #paintNames(): void {
    const words = this.#words?.at(this.#scene.camera.zoom, this.#colours.font);
    if (words === undefined || !this.#bitmaps.covers(this.#scene)) return;
    this.#bitmaps.paintNames(this.#scene, { colours: this.#colours, litAt: this.#litAt }, words);
  }

  #repaint(): void {
    this.#bitmaps.clear();
    this.#draw(this.#bitmaps.paintTime > DRAFT_MS);
    if (this.#bitmaps.isDraft) this.#finishLater();
  }

  /** Replaces a draft once the browser has shown it. */
  #finishLater(): void {
    clearTimeout(this.#draft);
    this.#draft = setTimeout(() => {
      if (!this.#bitmaps.isDraft) return;
      this.#bitmaps.clear();
      this.#draw();
    }, DRAFT_MS);
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
  }

  #onFrame(now: number): void {
    this.#frame = 0;
    if (this.#flight !== undefined) this.#advance(this.#flight, now);
    this.#draw();
  }

  #advance({ from, to, begun }: Flight, now: number): void {
    const passed = Math.max(0, Math.min(1, (now - begun) / FLIGHT_MS));
    const eased = 1 - (1 - passed) ** 3;
    const between = (a: number, b: number) => a + (b - a) * eased;
    // Zoom grows by factors, so that a flight is even.
    const z = from.z * (to.z / from.z) ** eased;
    const room = this.#scene.room;
    this.#scene = MapScene.at(
      this.#section,
      room,
      passed === 1 ? to : { z, x: between(from.x, to.x), y: between(from.y, to.y) },
    );
    this.#zoomedAt = passed === 1 ? 0 : now;
    if (passed === 1) this.#flight = undefined;
    this.#moved();
  }

  /** Draws a frame: the bitmaps, painted again only if they lack something, and the marks on them. */
  #draw(draft = false): void {
    const context = this.#context;
    if (context === null) return;
    const scene = this.#scene;
    if (!this.#bitmaps.covers(scene)) this.#paintOrWait(scene, draft);
    const scale = window.devicePixelRatio;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = this.#colours.ground;
    context.fillRect(0, 0, scene.room.width, scene.room.height);
    this.#bitmaps.blit(context, scene);
    const [colours, pointed, selected, neighbours] = [this.#colours, this.#pointed, this.#selected, this.#neighbours];
    paintMarks(context, { scene, colours, pointed, selected, neighbours });
    this.#events.onFrame(scene);
  }

  #paintOrWait(scene: MapScene, draft: boolean): void {
    const zooming = performance.now() - this.#zoomedAt < ZOOM_PAUSE_MS;
    if (zooming && this.#bitmaps.paintTime > FAST_MS) {
      this.#request();
      return;
    }
    const words = this.#words?.at(scene.camera.zoom, this.#colours.font);
    this.#bitmaps.paint(scene, { colours: this.#colours, litAt: this.#litAt, draft }, words);
  }
}
