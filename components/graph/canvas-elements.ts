import type { ElementDefinition } from "cytoscape";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { SIDES } from "#lib/display/sides.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { GraphElement, GraphPicture } from "#lib/views/graph.ts";

const SMALLEST_FONT = 14;
const LARGEST_FONT = 20;
const GROUP_FONT = 14;
const ROW = 26;

/** The picture in Cytoscape's form: boxes, and lines between them. Positions come from the server and are never computed here. */
export function toElements({ elements, links, unit }: GraphPicture): {
  boxes: ElementDefinition[];
  lines: ElementDefinition[];
} {
  const boxes = elements.map(
    (element): ElementDefinition => ({
      group: "nodes",
      data: { ...toData(element, unit), id: element.key },
      position: { x: element.x, y: element.y },
    }),
  );
  const lines = links.map(
    ({ from, to, known, side, count }): ElementDefinition => ({
      group: "edges",
      data: { id: `${from}>${to}`, source: from, target: to, known, side, count },
    }),
  );
  return { boxes, lines };
}

function toData(element: GraphElement, unit: MeasureUnit) {
  const { type, height, share } = element;
  const filled = Math.round(100 * Math.sqrt(share));
  const grown = Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, (SMALLEST_FONT * height) / ROW));
  const fontSize = type === "group" ? GROUP_FONT : grown;
  return { ...element, label: toLabel(element, unit), fontSize, stops: `0% ${filled}% ${filled}% 100%` };
}

function toLabel({ type, name, count, retainedSize, side }: GraphElement, unit: MeasureUnit): string {
  if (type === "node") return side === undefined ? visibleText(name) : `${SIDES[side].sign} ${visibleText(name)}`;
  const more = `${formatCount(count)} more`;
  // In an SBOM, the number of members is their size.
  if (unit === "components") return side === "both" ? `${more} · unchanged` : more;
  return `${more} · ${side === "both" ? "unchanged" : formatBytes(retainedSize)}`;
}
