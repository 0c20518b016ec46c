import type { Answer, ArtifactLabel } from "#lib/model/answer.ts";
import { formatExactBytes } from "../bytes.ts";
import { toReportFigures } from "./report-tables.ts";

/** Colours that are told apart by colour-blind eyes (Okabe and Ito), on light and on dark; given out in order of appearance. */
const ROCKS = ["#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#0072b2", "#d55e00", "#b3a100", "#8c8c8c"];

const HEIGHT = 240;
const LABEL_HEIGHT = 24;
const COLUMN = 96;
const GAP = 72;

/** A stratum in its place: pixels from the top and from the left. */
interface Place {
  readonly diffId: string;
  readonly chainId: string;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The correlation of an answer's artifacts as SVG text: columns of strata, thickness by bytes, newest on top, numbered below.
 * A band leads from a layer to the next column that has it: filled where everything under it is equal too, outlined where
 * it stands on other layers. Names stand in the report beside it.
 */
export function toPicture(answer: Answer): string {
  const { artifacts } = answer;
  const scale = HEIGHT / Math.max(1, ...artifacts.map((artifact) => artifact.byteCount));
  const width = artifacts.length * COLUMN + (artifacts.length - 1) * GAP;
  const columns = artifacts.map((artifact, i) => toPlaces(artifact, i * (COLUMN + GAP), scale));
  const rocks = toRocks(columns);
  const height = HEIGHT + LABEL_HEIGHT;
  const view = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const drawn = [drawBands(columns, rocks), ...columns.map((places, i) => drawColumn(places, rocks, i))].join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" ${view} role="img" aria-label="${toAltText(answer)}">${drawn}</svg>`;
}

function toAltText(answer: Answer): string {
  const figures = toReportFigures(answer).map(({ bytes }) => formatExactBytes(bytes));
  return `${answer.artifacts.length} columns of strata; ${figures.join(", ")}`;
}

/** The strata of a column from the bottom up. A closure is one block. */
function toPlaces({ layers, byteCount, digest }: ArtifactLabel, x: number, scale: number): Place[] {
  const strata = layers.length > 0 ? layers : [{ diffId: digest, chainId: digest, contentSize: byteCount }];
  let y = HEIGHT;
  return strata.map(({ diffId, chainId, contentSize }) => {
    const bottom = round(y);
    y -= contentSize * scale;
    return { diffId, chainId, x, top: round(y), bottom };
  });
}

function toRocks(columns: readonly (readonly Place[])[]): Map<string, string> {
  const distinct = [...new Set(columns.flat().map(({ diffId }) => diffId))];
  return new Map(distinct.map((diffId, i) => [diffId, ROCKS[i % ROCKS.length]!]));
}

function drawColumn(places: readonly Place[], rocks: ReadonlyMap<string, string>, i: number): string {
  const strata = places.map(({ diffId, x, top, bottom }) => {
    const box = `x="${x}" y="${top}" width="${COLUMN}" height="${round(bottom - top)}"`;
    return `<rect ${box} fill="${rocks.get(diffId)}" stroke="#fff" stroke-width="1"/>`;
  });
  const middle = i * (COLUMN + GAP) + COLUMN / 2;
  const number = `<text x="${middle}" y="${HEIGHT + 17}" text-anchor="middle" font-size="13" fill="currentColor">${i + 1}</text>`;
  return strata.join("") + number;
}

/** Bands are drawn before the columns, so that one over a column that lacks the layer passes behind it. */
function drawBands(columns: readonly (readonly Place[])[], rocks: ReadonlyMap<string, string>): string {
  const last = new Map<string, Place>();
  const bands: string[] = [];
  for (const places of columns) {
    for (const to of places) {
      const from = last.get(to.diffId);
      if (from !== undefined && from.x !== to.x) bands.push(drawBand(from, to, rocks.get(to.diffId)!));
    }
    for (const place of places) last.set(place.diffId, place);
  }
  return bands.join("");
}

function drawBand(from: Place, to: Place, rock: string): string {
  const left = from.x + COLUMN;
  const corners = [`${left},${from.top}`, `${to.x},${to.top}`, `${to.x},${to.bottom}`, `${left},${from.bottom}`];
  const same = from.chainId === to.chainId;
  const paint = same ? 'fill-opacity="0.5"' : `fill-opacity="0.15" stroke="${rock}" stroke-dasharray="4 3"`;
  return `<polygon points="${corners.join(" ")}" fill="${rock}" ${paint}/>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
