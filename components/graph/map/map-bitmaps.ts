import type { Box, MapScene } from "#lib/pictures/map/map-camera.ts";
import type { LabelWords } from "#lib/pictures/map/place-map-labels.ts";
import { MIN_SIDE, type Painting, paintCells, paintLabels } from "./paint-map.ts";

/** Part of the room that is painted on each side of it, so that panning only moves a bitmap. */
const MARGIN = 0.4;

interface Painted {
  readonly scene: MapScene;
  readonly region: Box;
  readonly scale: number;
  readonly minSide: number;
}

/** A map painted once a zoom level: cells and names as two bitmaps, larger than the room, which panning only moves. */
export class MapBitmaps {
  readonly #cells = document.createElement("canvas");
  readonly #labels = document.createElement("canvas");
  #painted: Painted | undefined;
  /** Milliseconds that the last full painting took. */
  paintTime = 0;

  /** Whether what is painted lacks the smaller cells. */
  get isDraft(): boolean {
    return this.#painted !== undefined && this.#painted.minSide > MIN_SIDE;
  }

  /** Whether the bitmaps show everything in the room at its zoom. */
  covers(scene: MapScene): boolean {
    const painted = this.#painted;
    if (painted === undefined || painted.scene.section !== scene.section) return false;
    if (painted.scene.camera.zoom !== scene.camera.zoom || painted.scene.room.width !== scene.room.width) return false;
    if (painted.scene.room.height !== scene.room.height) return false;
    const { x, y } = offset(painted, scene);
    const { region } = painted;
    const wanted = regionOf(scene, 0);
    return (
      x <= wanted.x &&
      y <= wanted.y &&
      x + region.width >= wanted.x + wanted.width &&
      y + region.height >= wanted.y + wanted.height
    );
  }

  /** Nothing painted so far is right any more: another theme, another selection. */
  clear(): void {
    this.#painted = undefined;
  }

  paint(scene: MapScene, look: Omit<Painting, "scene" | "region" | "scale">, words: LabelWords | undefined): void {
    const begun = performance.now();
    const scale = window.devicePixelRatio;
    const draft = look.minSide > MIN_SIDE;
    const region = regionOf(scene, draft ? 0 : MARGIN);
    this.#painted = { scene, region, scale, minSide: look.minSide };
    for (const canvas of [this.#cells, this.#labels]) resize(canvas, region, scale);
    const cells = this.#cells.getContext("2d", { alpha: false });
    if (cells !== null) paintCells(cells, { scene, region, scale, ...look });
    this.#paintNames({ scene, region, scale, ...look }, draft ? undefined : words);
    if (!draft) this.paintTime = performance.now() - begun;
  }

  /** Paints the names again, at the left and upper edge of what is in the room now. */
  paintNames(scene: MapScene, look: Pick<Painting, "colours" | "classes" | "litAt">, words: LabelWords): void {
    const painted = this.#painted;
    if (painted === undefined) return;
    const { x, y } = offset(painted, scene);
    const region = { ...painted.region, x, y };
    this.#painted = { ...painted, scene, region };
    this.#paintNames({ ...look, scene, region, scale: painted.scale, minSide: painted.minSide }, words);
  }

  #paintNames(painting: Painting, words: LabelWords | undefined): void {
    const context = this.#labels.getContext("2d");
    if (context !== null && words !== undefined) paintLabels(context, painting, words);
  }

  /** Draws the bitmaps where the scene has them now; at another zoom, stretched. In pixels of the room. */
  blit(context: CanvasRenderingContext2D, scene: MapScene): void {
    const painted = this.#painted;
    if (painted === undefined) return;
    const { camera } = scene;
    const factor = camera.zoom / painted.scene.camera.zoom;
    const { x, y } = factor === 1 ? offset(painted, scene) : stretched(painted, scene, factor);
    const [width, height] = [painted.region.width * factor, painted.region.height * factor];
    context.imageSmoothingEnabled = factor !== 1;
    context.drawImage(this.#cells, x, y, width, height);
    context.drawImage(this.#labels, x, y, width, height);
  }
}

/** Where the painted region is in the room now. */
function offset({ scene, region }: Painted, { camera }: MapScene): { x: number; y: number } {
  return { x: region.x + scene.camera.left - camera.left, y: region.y + scene.camera.top - camera.top };
}

function stretched({ scene, region }: Painted, { camera }: MapScene, factor: number): { x: number; y: number } {
  return {
    x: (region.x + scene.camera.left) * factor - camera.left,
    y: (region.y + scene.camera.top) * factor - camera.top,
  };
}

/** The room with a margin, as far as there is anything to see. Whole pixels. */
function regionOf({ room, camera, contentHeight }: MapScene, margin: number): Box {
  const left = Math.floor(Math.max(-camera.left, -margin * room.width));
  const top = Math.floor(Math.max(-camera.top, -margin * room.height));
  const right = Math.ceil(Math.min(room.width * camera.zoom - camera.left, (1 + margin) * room.width));
  const bottom = Math.ceil(Math.min(contentHeight - camera.top, (1 + margin) * room.height));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

function resize(canvas: HTMLCanvasElement, { width, height }: Box, scale: number): void {
  const [deviceWidth, deviceHeight] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
}
