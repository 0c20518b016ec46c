import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { wholeViewBox } from "./overview-camera.ts";
import { LAYER } from "./shown-view.ts";

/** Properties of the page's style sheet that a file needs written out. */
const PROPERTIES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
] as const;
/** Pixels of a picture for each of the drawing. */
const PNG_SCALE = 2;

/** The whole drawing as an SVG file: no style sheet, no script, nothing lit. */
export function drawingAsSvg(svg: SVGSVGElement, placed: PlacedOverview): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [i, original] of originals.entries()) writeStyle(copies[i]!, original);
  copy.querySelector(`.${LAYER}`)?.removeAttribute("transform");
  for (const gone of copy.querySelectorAll(".overview-near, .overview-follows, .overview-close")) gone.remove();
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["class", "role", "tabindex", "aria-label", "aria-pressed", "aria-hidden", "data-key"])
      element.removeAttribute(name);
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", wholeViewBox(placed));
  copy.setAttribute("width", `${placed.width}`);
  copy.setAttribute("height", `${placed.height}`);
  copy.setAttribute("font-family", "Geist, ui-sans-serif, system-ui, sans-serif");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", toRgb(getComputedStyle(document.body).backgroundColor));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function writeStyle(copy: SVGElement, original: SVGElement): void {
  const styles = getComputedStyle(original);
  const { transform } = original.style;
  copy.removeAttribute("style");
  const moved = /translate\(([-\d.]+)px, ([-\d.]+)px\)/.exec(transform);
  if (moved !== null) copy.setAttribute("transform", `translate(${moved[1]} ${moved[2]})`);
  if (original.tagName === "g" || original.tagName === "svg") return;
  for (const name of PROPERTIES) {
    const given = styles.getPropertyValue(name);
    const value = name === "fill" || name === "stroke" ? toRgb(given) : given;
    if (value !== "" && value !== "none 0px") copy.setAttribute(name, value);
  }
}

const known = new Map<string, string>();

/** Programs that draw SVG know neither oklab() nor color-mix(): a pixel is painted, and read back. */
function toRgb(colour: string): string {
  if (colour === "none" || colour.startsWith("rgb(")) return colour;
  const kept = known.get(colour);
  if (kept !== undefined) return kept;
  const brush = document.createElement("canvas").getContext("2d");
  if (brush === null) return colour;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  const converted = `rgb(${red},${green},${blue})`;
  known.set(colour, converted);
  return converted;
}

/** The same as a picture. */
export async function drawingAsPng(svg: SVGSVGElement, placed: PlacedOverview): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawingAsSvg(svg, placed))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [placed.width * PNG_SCALE, placed.height * PNG_SCALE];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("the browser made no picture of the drawing");
  return blob;
}

/** Hands a file to the browser's downloads. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
