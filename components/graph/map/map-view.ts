import { type CameraPlace, ZOOM_STEP } from "#lib/pictures/camera-place.ts";
import { type Box, type Camera, type MapRoom, MapScene, WHOLE } from "#lib/pictures/map/map-camera.ts";
import type { MapClasses } from "#lib/pictures/map/map-classes.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { MapFlight } from "./map-flight.ts";
import { MapPicture } from "./map-picture.ts";
import type { MapWords } from "./map-words.ts";

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
/** Milliseconds without a change of the zoom after which the picture is painted at the new one. */
const ZOOM_PAUSE_MS = 90;
/** Milliseconds for which a draft is shown. */
const DRAFT_MS = 25;
/** Pixels of a side from which a node can be pointed at. */
const MIN_PICK = 4;

const EVERYTHING: CameraPlace = { z: 1, x: 0, y: 0 };

/** A map on a page: owns the camera, and has its picture drawn when something changes. Computes no layout. */
export class MapView {
  readonly #picture: MapPicture;
  readonly #section: MapSection;
  readonly #events: MapEvents;
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  #scene: MapScene;
  #pointed = -1;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #draft: ReturnType<typeof setTimeout> | undefined;
  #zoomedAt = 0;
  #flight: MapFlight | undefined;

  /** `place`: what is seen at first; default: everything. */
  constructor(
    canvas: HTMLCanvasElement,
    section: MapSection,
    { room, place = EVERYTHING, events }: { room: MapRoom; place: CameraPlace | undefined; events: MapEvents },
  ) {
    this.#picture = new MapPicture(canvas);
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
    return this.#picture.selected;
  }

  resize(room: MapRoom): void {
    const place = this.#scene.toPlace();
    this.#picture.resize(room);
    this.#scene = MapScene.at(this.#section, room, place);
    this.#draw();
    this.#emitPoint();
    this.#events.onRest(this.#scene);
  }

  /** Names arrive after the first picture. */
  name(words: MapWords): void {
    this.#picture.name(words);
    this.#picture.paintNames(this.#scene);
    this.#draw();
  }

  recolour(): void {
    this.#picture.recolour();
    this.#drawAtOnce();
  }

  /** Colours by class; `undefined`: by stratum. */
  colourBy(classes: MapClasses | undefined): void {
    this.#picture.colourBy(classes);
    this.#drawAtOnce();
  }

  /** Marks a node, lights a set, and draws lines to neighbours; −1 and `undefined`: nothing. Painted at once. */
  select(position: number, litAt: Uint8Array | undefined, neighbours: readonly number[]): void {
    this.#picture.select(position, litAt, neighbours);
    this.#drawAtOnce();
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
    return this.#picture.toPng();
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
    this.#flight = new MapFlight(this.#scene.toPlace(), to.toPlace());
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
    this.#picture.paintNames(this.#scene);
    this.#draw();
    this.#emitPoint();
    this.#events.onRest(this.#scene);
  }

  /** Draws at once, if that takes long a draft, which is replaced once the browser has shown it. */
  #drawAtOnce(): void {
    this.#draw(true);
    if (!this.#picture.isDraft) return;
    clearTimeout(this.#draft);
    this.#draft = setTimeout(() => {
      if (!this.#picture.isDraft) return;
      this.#picture.clear();
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

  #advance(flight: MapFlight, now: number): void {
    const { place, landed } = flight.at(now);
    this.#scene = MapScene.at(this.#section, this.#scene.room, place);
    this.#zoomedAt = landed ? 0 : now;
    if (landed) this.#flight = undefined;
    this.#moved();
  }

  #draw(draft = false): void {
    const zooming = performance.now() - this.#zoomedAt < ZOOM_PAUSE_MS;
    if (!this.#picture.draw(this.#scene, { pointed: this.#pointed, zooming, draft })) this.#request();
    this.#events.onFrame(this.#scene);
  }
}
