import Link from "next/link";
import { CutName } from "#components/ui/cut-name.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { layerColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { LAYER_LOOK_WORDS, lineageName } from "#lib/display/lineage-words.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { LayerLook, PlacedFamily, PlacedLayer, PlacedRow } from "#lib/pictures/lineage/place-families.ts";

/** Pixels of a row, and between blocks. */
const ROW = 27;
const GAP = 1;
/** Part of the width that columns take: names follow them. */
const COLUMNS = 0.7;
/** Of the width of the columns, where a bar that is longer than the axis is cut. */
const CUT = 0.97;
/** A block of this part of the width, and of two rows, has room for its own name. */
const MIN_NAMED = 0.25;

/** A family as lying columns, the base at the left: what several images share is drawn once, across their rows. */
export function FamilyPicture({ family }: { family: PlacedFamily }) {
  const { root, rows, layers } = family;
  return (
    <div className="relative text-[0.8125rem]" style={{ height: rows.length * ROW - GAP }}>
      {layers.map((layer) => (
        <Block key={`${layer.row} ${layer.x} ${layer.look}`} layer={layer} root={root} rows={rows} />
      ))}
      {rows.map(({ image, isCut }, i) => (isCut ? <Cut key={image.id} i={i} /> : null))}
      {rows.map((row, i) => (
        <RowName key={row.image.id} row={row} i={i} isRoot={row.image === root} />
      ))}
    </div>
  );
}

const percent = (part: number) => `${(100 * COLUMNS * part).toFixed(3)}%`;

/** Dashed, in a colour that is seen on rock in both themes, or on the page. */
const EDGES: Partial<Record<LayerLook, string>> = {
  again: "border border-dashed border-(--on-kind)",
  below: "border border-dashed border-dim",
};

interface BlockProps {
  readonly layer: PlacedLayer;
  readonly root: PlacedFamily["root"];
  readonly rows: readonly PlacedRow[];
}

function Block({ layer, root, rows }: BlockProps) {
  const { look, bytes, x, width, row, rowCount } = layer;
  if (bytes === 0 || width === 0) return null;
  const { image } = rows[row]!;
  const isNamed = image === root && width > MIN_NAMED && rowCount > 1;
  return (
    <span
      aria-hidden
      data-tip={`${blockTitle(layer)}, ${labelText(lineageName(image))}`}
      className={`absolute overflow-hidden rounded-[2px] ${EDGES[look] ?? ""}`}
      style={{
        left: percent(x),
        width: `max(2px, calc(${percent(width)} - ${GAP}px))`,
        top: row * ROW,
        height: rowCount * ROW - GAP - 1,
        background: blockColour(layer),
      }}
    >
      {isNamed ? <BlockName layer={layer} name={lineageName(image)} /> : null}
    </span>
  );
}

function BlockName({ layer: { bytes, imageCount }, name }: { layer: PlacedLayer; name: string }) {
  return (
    <span className="lineage-block-name">
      <span className="flex gap-1.5 font-medium">
        <CutName text={name} className="min-w-0" />
        <span className="shrink-0">{formatBytes(bytes)}</span>
      </span>
      <span className="block truncate text-xs">stored once for {formatCount(imageCount)}</span>
    </span>
  );
}

/** Two slashes across a bar that is longer than the axis. */
function Cut({ i }: { i: number }) {
  return (
    <span
      aria-hidden
      className="absolute w-0"
      style={{ left: `${100 * COLUMNS * CUT}%`, top: i * ROW, height: ROW - GAP - 1 }}
    >
      <span className="bar-cut" />
    </span>
  );
}

function blockTitle({ look, bytes, layerCount }: PlacedLayer): string {
  const layers = layerCount > 1 ? ` of ${formatCounted(layerCount, "layer")}` : "";
  return `${formatBytes(bytes)}${layers}: ${LAYER_LOOK_WORDS[look]}`;
}

function blockColour({ look, diffId, row }: PlacedLayer): string {
  if (look === "below") return "transparent";
  return look === "only" ? uniqueLayerColour(row) : layerColour(diffId);
}

function RowName({ row: { image, bytes, end, isCut }, i, isRoot }: { row: PlacedRow; i: number; isRoot: boolean }) {
  return (
    <span
      className="absolute right-0 flex items-baseline gap-2 overflow-hidden pl-2 leading-[26px]"
      style={{ left: percent(end), top: i * ROW }}
    >
      <Link
        href={artifactPath(image.digest)}
        prefetch={false}
        className={`min-w-0 hover:text-accent ${isRoot ? "font-medium" : ""}`}
      >
        <CutName text={lineageName(image)} />
      </Link>
      {isCut ? <span className="shrink-0 text-xs text-dim">{formatBytes(bytes)}</span> : null}
      {image.stale ? <span className="shrink-0 text-xs text-warn">stale</span> : null}
    </span>
  );
}

const LEGEND: readonly { readonly look: LayerLook; readonly className: string }[] = [
  { look: "shared", className: "bg-(--rock-1)" },
  { look: "only", className: "bg-(--rock-unique-alternate)" },
  { look: "again", className: "border border-dashed border-(--on-kind) bg-(--rock-4)" },
];

/** `isCut`: a bar is longer than the axis. */
export function FamilyLegend({ isCut }: { isCut: boolean }) {
  return (
    <ul className="mt-5 flex flex-wrap gap-x-6 gap-y-1 text-xs text-dim">
      {LEGEND.map(({ look, className }) => (
        <li key={look} className="flex items-center gap-2">
          <span aria-hidden className={`size-2.5 shrink-0 rounded-[2px] ${className}`} />
          {LAYER_LOOK_WORDS[look]}
        </li>
      ))}
      {isCut ? (
        <li className="flex items-center gap-2">
          <span aria-hidden>{"//"}</span>longer than the axis; its number is exact
        </li>
      ) : null}
    </ul>
  );
}
