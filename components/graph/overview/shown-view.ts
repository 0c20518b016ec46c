import { type OverviewCamera, viewBoxOf } from "./overview-camera.ts";

/**
 * The part of a drawing that its SVG shows. While only the place changes, the browser moves a layer that it has painted; a changed
 * `viewBox` would have it paint hundreds of boxes and names again in every frame.
 */
export class ShownView {
  /** The one that the `viewBox` is of. */
  #painted: OverviewCamera | undefined;

  /** Shows a camera's view in the next frame. */
  show(svg: SVGSVGElement, camera: OverviewCamera): void {
    const painted = this.#painted;
    const layer = layerOf(svg);
    if (painted === undefined || layer === null || !isPan(painted, camera)) {
      this.settle(svg, camera);
      return;
    }
    // Whole pixels: letters between two are blurred.
    const moved = (from: number, to: number) => Math.round((from - to) * camera.scale) / camera.scale;
    const [x, y] = [moved(painted.view.x, camera.view.x), moved(painted.view.y, camera.view.y)];
    layer.style.willChange = "transform";
    layer.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** Paints it there: at rest, at another zoom, or another drawing. A layer that is kept would stay blurred at another zoom. */
  settle(svg: SVGSVGElement, camera: OverviewCamera): void {
    this.#painted = camera;
    svg.setAttribute("viewBox", viewBoxOf(camera.view));
    layerOf(svg)?.removeAttribute("style");
  }
}

/** Everything that is drawn, and that moves together. */
export const LAYER = "overview-layer";

function layerOf(svg: SVGSVGElement): SVGGElement | null {
  return svg.querySelector<SVGGElement>(`.${LAYER}`);
}

function isPan(before: OverviewCamera, after: OverviewCamera): boolean {
  return before.drawing === after.drawing && before.room === after.room && before.scale === after.scale;
}
