import type { Answer, ArtifactLabel, LayerLabel } from "#lib/model/answer.ts";
import { toReportFigures } from "./report-tables.ts";

/** Colours that are told apart by colour-blind eyes (Okabe and Ito), on light and on dark. */
const ROCKS = ["#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#0072b2", "#d55e00", "#b3a100", "#8c8c8c"];

const HEIGHT = 260;
const COLUMN = 96;
const GAP = 72;

/**
 * The correlation of an answer's artifacts as SVG text: columns of strata, thickness by bytes, newest on top; a band joins
 * equal layers of neighbours, solid where everything under them is equal too, outlined where they stand on different ones.
 * 96 pixels a column. Holds no text: names stand in the report beside it.
 */
export function toPicture(answer: Answer): string {
  const { artifacts } = answer;
  const largest = Math.max(1, ...artifacts.map((artifact) => artifact.byteCount));
  const scale = HEIGHT / largest;
  const width = artifacts.length * COLUMN + (artifacts.length - 1) * GAP;
  const columns = artifacts.map((artifact, i) => drawColumn(artifact, i * (COLUMN + GAP), scale)).join("");
  const bands = artifacts
    .slice(1)
    .map((artifact, i) => drawBands(artifacts[i]!, artifact, i * (COLUMN + GAP) + COLUMN, scale));
  const view = `viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view} role="img" aria-label="${toAltText(answer)}">${bands.join("")}${columns}</svg>`;
}

function toAltText(answer: Answer): string {
  const figures = toReportFigures(answer).map(({ bytes }) => `${bytes} bytes`);
  return `${answer.artifacts.length} columns of strata; ${figures.join(", ")}`;
}

/** The strata of a column with their tops, the lowest last drawn at the bottom. A closure is one block. */
function toStrata({
  layers,
  byteCount,
  digest,
}: ArtifactLabel): Pick<LayerLabel, "diffId" | "chainId" | "contentSize">[] {
  return layers.length > 0 ? [...layers] : [{ diffId: digest, chainId: digest, contentSize: byteCount }];
}

function drawColumn(artifact: ArtifactLabel, x: number, scale: number): string {
  let y = HEIGHT;
  return toStrata(artifact)
    .map(({ diffId, contentSize }) => {
      const height = contentSize * scale;
      y -= height;
      return `<rect x="${x}" y="${round(y)}" width="${COLUMN}" height="${round(height)}" fill="${toRock(diffId)}" stroke="#fff" stroke-width="1"/>`;
    })
    .join("");
}

function drawBands(left: ArtifactLabel, right: ArtifactLabel, x: number, scale: number): string {
  const places = new Map(toPlaces(right, scale).map((place) => [place.diffId, place]));
  return toPlaces(left, scale)
    .map((from) => {
      const to = places.get(from.diffId);
      if (to === undefined) return "";
      const corners = [`${x},${from.top}`, `${x + GAP},${to.top}`, `${x + GAP},${to.bottom}`, `${x},${from.bottom}`];
      const same = from.chainId === to.chainId;
      const paint = same
        ? 'fill-opacity="0.55"'
        : `fill-opacity="0.15" stroke="${toRock(from.diffId)}" stroke-dasharray="4 3"`;
      return `<polygon points="${corners.join(" ")}" fill="${toRock(from.diffId)}" ${paint}/>`;
    })
    .join("");
}

function toPlaces(artifact: ArtifactLabel, scale: number) {
  let y = HEIGHT;
  return toStrata(artifact).map(({ diffId, chainId, contentSize }) => {
    const bottom = round(y);
    y -= contentSize * scale;
    return { diffId, chainId, top: round(y), bottom };
  });
}

function toRock(diffId: string): string {
  return ROCKS[Number.parseInt(diffId.slice(diffId.indexOf(":") + 1).slice(0, 6), 16) % ROCKS.length] ?? ROCKS[0]!;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
