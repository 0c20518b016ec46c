import { type Tile, TileText, Treemap } from "#components/charts/treemap.tsx";
import { formatAmount } from "#components/graph/focus/focus-words.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { graphPath, nodeText, retainedPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { KeptNode, KeptPart } from "#lib/model/kept-tree.ts";
import { type PlacedPart, placeIcicle, placeTreemap } from "#lib/pictures/retained/place-parts.ts";
import type { RetainedView } from "#lib/views/retained.ts";
import { type RetainedParams, zoomAddress } from "./retained-address.ts";
import { type ColourBy, partColours } from "./retained-colours.ts";

const TREEMAP_HEIGHTS = [520, 460] as const;
const ICICLE_ROW = 34;
/** Minimum target size in either direction, in pixels (WCAG 2.5.8). */
const MIN_TARGET = 26;

interface RetainedPictureProps {
  readonly view: RetainedView;
  readonly params: RetainedParams;
  readonly colourBy: ColourBy;
}

/** The parts as a treemap or an icicle; each leads to itself as the whole picture. */
export function RetainedPicture({ view, params, colourBy }: RetainedPictureProps) {
  const isIcicle = params.picture === "icicle";
  const rows = ICICLE_ROW * Math.max(1, countLevels(view.parts));
  return (
    <Treemap
      label={isIcicle ? "What keeps what, level by level." : "What keeps what, as nested areas."}
      heights={isIcicle ? [rows, rows] : TREEMAP_HEIGHTS}
      tilesOf={(width, height) => {
        const placed = isIcicle
          ? placeIcicle(view.parts, { width, row: ICICLE_ROW })
          : placeTreemap(view.parts, { width, height });
        return placed.map((part) => toTile(part, { view, params, colourBy }));
      }}
    />
  );
}

function countLevels(parts: readonly KeptPart[]): number {
  let levels = 0;
  for (let level = parts; level.length > 0; level = level.flatMap((part) => part.parts)) levels += 1;
  return levels;
}

function toTile(
  { part, depth, key, ...rectangle }: PlacedPart,
  { view, params, colourBy }: RetainedPictureProps,
): Tile {
  const { width, height } = rectangle;
  const { artifact, unit } = view;
  const { colour, ink } = partColours(part, depth, colourBy);
  return {
    ...rectangle,
    key,
    colour,
    ink,
    title: partTitle(part, unit),
    href: partAddress(part, retainedPath(artifact.digest), params) ?? graphPath(artifact.digest, partNode(part)),
    stays: partAddress(part, "", params) !== undefined,
    focusable: depth <= 2 && width >= MIN_TARGET && height >= MIN_TARGET / 2,
    name: (
      <TileText
        className="leading-6"
        name={<Visible text={partName(part)} className={part.parts.length > 0 ? "font-medium" : ""} />}
        figure={formatAmount(part.size, unit)}
      />
    ),
  };
}

/** The part as the whole picture; `undefined` if there is nothing in it. */
function partAddress(part: KeptPart, path: string, params: RetainedParams): string | undefined {
  if (part.type === "self") return undefined;
  if (part.type === "others")
    return zoomAddress(path, params, { ...within(part.within), family: part.family, from: part.from });
  if (part.type === "family") return zoomAddress(path, params, { ...within(part.within), family: part.name });
  return part.node.keptCount === 0 ? undefined : zoomAddress(path, params, { node: nodeText(part.node) });
}

function within(node: KeptNode | undefined): { node: string | undefined } {
  return { node: node && nodeText(node) };
}

function partNode(part: KeptPart): KeptNode | undefined {
  return part.type === "others" ? part.within : part.node;
}

function partName(part: KeptPart): string {
  if (part.type === "others") return `${formatCounted(part.count, "smaller one", "smaller ones")}`;
  if (part.type === "family") return `${part.name} ×${part.count}`;
  return part.type === "self" ? "itself" : part.node.name;
}

/** What a tile says on hover, and to a screen reader; it begins with what is visible. */
function partTitle(part: KeptPart, unit: RetainedView["unit"]): string {
  const size = formatAmount(part.size, unit);
  if (part.type === "others") return `${partName(part)} ${size}: opens them`;
  if (part.type === "family")
    return `${labelText(partName(part))} ${size}: ${formatCounted(part.count, "node")} of this name, ${formatCounted(part.keptCount, "node")} in all`;
  const name = labelText(nodeTitle(part.node));
  if (part.type === "self") return `itself ${size}: ${name}`;
  const kept =
    part.node.keptCount === 0 ? "keeps nothing else" : `keeps ${formatCounted(part.node.keptCount, "other node")}`;
  const cycle = part.node.cycle === undefined ? "" : ", in a dependency cycle";
  return `${labelText(part.node.name)} ${size}${part.node.version === "" ? "" : `, version ${labelText(part.node.version)}`}: ${kept}${cycle}`;
}

function nodeTitle({ name, version }: KeptNode): string {
  return version === "" ? name : `${name} ${version}`;
}
