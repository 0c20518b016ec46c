import type { MapRoom, MapScene } from "#lib/pictures/map/map-camera.ts";
import type { MapClasses } from "#lib/pictures/map/map-classes.ts";
import { MapBitmaps } from "./map-bitmaps.ts";
import { type MapColours, readMapColours } from "./map-colours.ts";
import type { MapWords } from "./map-words.ts";
import { MIN_SIDE } from "./paint-map.ts";
import { paintMarks } from "./paint-marks.ts";

/** A picture that takes longer is painted when zooming pauses; until then the bitmap is stretched. */
const FAST_MS = 12;
/** A full picture that takes longer follows a draft of it, so that a selection is lit at once. */
const DRAFT_MS = 25;
/** Pixels of the smallest sides in a draft; the larger ones if a full picture takes very long. */
const MIN_DRAFT_SIDE = 8;
const MIN_COARSE_SIDE = 14;
const COARSE_MS = 40;

/** What is drawn of a scene now. */
interface Drawing {
  /** Position of the node under the pointer, −1 for none. */
  readonly pointed: number;
  /** The zoom is still changing: a bitmap may be stretched. */
  readonly zooming: boolean;
  /** A picture that takes long may lack the smaller cells. */
  readonly draft: boolean;
}

/** The picture of a map: owns the canvas and the bitmaps, and knows what is lit. Knows no camera of its own. */
export class MapPicture {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #bitmaps = new MapBitmaps();
  #colours: MapColours = readMapColours();
  #classes: MapClasses | undefined;
  #words: MapWords | undefined;
  #litAt: Uint8Array | undefined;
  #selected = -1;
  #neighbours: readonly number[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false });
  }

  get selected(): number {
    return this.#selected;
  }

  /** Whether it lacks the smaller cells. */
  get isDraft(): boolean {
    return this.#bitmaps.isDraft;
  }

  resize({ width, height }: MapRoom): void {
    const scale = window.devicePixelRatio;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    this.#bitmaps.clear();
  }

  name(words: MapWords): void {
    this.#words = words;
  }

  /** Colours of another theme. */
  recolour(): void {
    this.#colours = readMapColours();
    this.#bitmaps.clear();
  }

  /** Colours by class; `undefined`: by stratum. */
  colourBy(classes: MapClasses | undefined): void {
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.#bitmaps.clear();
  }

  /** Marks a node, lights a set, and draws lines to neighbours; −1 and `undefined`: nothing. */
  select(position: number, litAt: Uint8Array | undefined, neighbours: readonly number[]): void {
    this.#selected = position;
    this.#litAt = litAt;
    this.#neighbours = neighbours;
    this.#bitmaps.clear();
  }

  /** Everything is painted again when it is drawn next. */
  clear(): void {
    this.#bitmaps.clear();
  }

  /** Places the names again, for what is in the room now. */
  paintNames(scene: MapScene): void {
    const words = this.#words?.at(scene.camera.zoom, this.#colours.font);
    if (words === undefined || !this.#bitmaps.covers(scene)) return;
    this.#bitmaps.paintNames(scene, this.#look, words);
  }

  /** Draws a frame: the bitmaps, painted again only if they lack something, and the marks on them. False: a later frame must paint. */
  draw(scene: MapScene, { pointed, zooming, draft }: Drawing): boolean {
    const context = this.#context;
    if (context === null) return true;
    const covered = this.#bitmaps.covers(scene);
    const waits = !covered && zooming && this.#bitmaps.paintTime > FAST_MS;
    if (!covered && !waits) this.#paint(scene, draft);
    const scale = window.devicePixelRatio;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = this.#colours.ground;
    context.fillRect(0, 0, scene.room.width, scene.room.height);
    this.#bitmaps.blit(context, scene);
    const [colours, selected, neighbours] = [this.#colours, this.#selected, this.#neighbours];
    paintMarks(context, { scene, colours, pointed, selected, neighbours });
    return !waits;
  }

  get #look() {
    return { colours: this.#colours, classes: this.#classes, litAt: this.#litAt };
  }

  #paint(scene: MapScene, draft: boolean): void {
    const words = this.#words?.at(scene.camera.zoom, this.#colours.font);
    this.#bitmaps.paint(scene, { ...this.#look, minSide: draft ? this.#draftSide : MIN_SIDE }, words);
  }

  get #draftSide(): number {
    const { paintTime } = this.#bitmaps;
    return paintTime > COARSE_MS ? MIN_COARSE_SIDE : paintTime > DRAFT_MS ? MIN_DRAFT_SIDE : MIN_SIDE;
  }

  /** What was drawn last. */
  async toPng(): Promise<Blob> {
    const blob = await new Promise<Blob | null>((resolve) => this.#canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("the browser made no picture of the map");
    return blob;
  }
}
