import { formatBytes, formatCounted, formatKnown } from "#lib/display/bytes.ts";
import { layerColour, nameColour, uniqueLayerColour } from "#lib/display/colours.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import type { Answer, ArtifactLabel, ClosureAnswer, ComponentChange, OverlapAnswer } from "#lib/model/answer.ts";
import { isByDownload } from "#lib/model/artifact-label.ts";
import { stratumTitle } from "../strata-shapes.ts";
import type { JoinedStratum, LikeBand } from "./joins.ts";

/** One stratum of a column. Sizes in bytes. */
export interface PictureStratum extends JoinedStratum {
  /** The part of them that no container sees: hatched. */
  readonly wasted: number;
  /** A CSS colour of the pages. */
  readonly colour: string;
  readonly title: string;
}

export interface PictureColumn {
  readonly bytes: number;
  /** Lowest first. */
  readonly strata: readonly PictureStratum[];
}

/** An answer's artifacts as columns of strata in drawing order, and the similarity of neighbours. */
export interface Correlation {
  /** For each column, its artifact's position in the answer. */
  readonly order: readonly number[];
  readonly columns: readonly PictureColumn[];
  readonly likeness: readonly LikeBand[];
}

/** Maximum strata in a closure's column; the smaller items are one more. */
const CLOSURE_STRATA = 40;

/**
 * An answer's artifacts as columns: layers for images. Closures are divided by what they share with the others
 * of the answer, but drawn whole if `wholeClosures`: then the similarity of files shows what they share.
 */
export function pictureColumns(
  answer: Answer,
  artifacts: readonly ArtifactLabel[],
  wholeClosures: boolean,
): PictureColumn[] {
  const whole = colourSides(layerColumns(artifacts));
  if (answer.question === "closure") return [ownColumn(answer, whole[0]!)];
  if (answer.question === "savings" || wholeClosures) return whole;
  const divided = artifacts.map(({ kind }, i): PictureColumn => {
    if (kind === "image") return whole[i]!;
    const strata =
      answer.question === "diff"
        ? changeStrata(answer.components, i === 0 ? "left" : "right")
        : cellStrata(i, artifacts, answer.cells);
    return { bytes: whole[i]!.bytes, strata };
  });
  return answer.question === "overlap" ? colourSides(divided) : divided;
}

/** A layer of several of them has its rock colour, one of only one is grey. A closure is one block. */
function layerColumns(artifacts: readonly ArtifactLabel[]): PictureColumn[] {
  const holders = new Map<string, number>();
  for (const { layers } of artifacts)
    for (const diffId of new Set(layers.map((layer) => layer.diffId)))
      holders.set(diffId, (holders.get(diffId) ?? 0) + 1);
  const byDownload = isByDownload(artifacts);
  return artifacts.map(({ layers, byteCount, kind, digest }) => ({
    bytes: byteCount ?? 0,
    strata:
      kind === "closure"
        ? [block(digest, byteCount ?? 0, uniqueLayerColour(0), `Store items, ${formatKnown(byteCount)}`)]
        : layers.map((layer, position) => {
            const { diffId, chainId, contentSize, downloadSize, wastedSize } = layer;
            const bytes = contentSize ?? downloadSize ?? 0;
            const colour = (holders.get(diffId) ?? 0) > 1 ? layerColour(diffId) : uniqueLayerColour(position);
            const title = stratumTitle({ position, ...layer, bytes }, byDownload);
            return { key: diffId, place: chainId, bytes, wasted: wastedSize, colour, title };
          }),
  }));
}

function block(key: string, bytes: number, colour: string, title: string): PictureStratum {
  return { key, place: key, bytes, wasted: 0, colour, title };
}

/** For two columns: the parts of one side in that side's colour, alternately paler. */
function colourSides(columns: readonly PictureColumn[]): PictureColumn[] {
  if (columns.length !== 2) return [...columns];
  const keys = columns.map(({ strata }) => new Set(strata.map(({ key }) => key)));
  return columns.map(({ bytes, strata }, i) => {
    const { colour } = SIDES[i === 0 ? "left" : "right"];
    const paler = `color-mix(in oklab, ${colour}, var(--ground) 28%)`;
    const coloured = strata.map((stratum, position) =>
      keys[1 - i]!.has(stratum.key) ? stratum : { ...stratum, colour: position % 2 === 0 ? colour : paler },
    );
    return { bytes, strata: coloured };
  });
}

/** The items of one of two closures: shared ones at the bottom, then changed ones, then the side's own; largest lowest in each group. */
function changeStrata(components: readonly ComponentChange[], side: "left" | "right"): PictureStratum[] {
  return (["same", "changed", side === "left" ? "removed" : "added"] as const).flatMap((change) => {
    const rows = components
      .filter((row) => row[side] !== null && row.change === change)
      .sort((a, b) => b[side]!.bytes - a[side]!.bytes);
    // Only shared items are joined: a store keeps each once, wherever it is.
    const keyOf = (id: string) => (change === "same" ? id : `${side} ${id}`);
    const { colour } = SIDES[change === "same" ? "both" : change === "changed" ? "changed" : side];
    const large = rows.slice(0, CLOSURE_STRATA / 2).map(({ name, ...row }) => {
      const { id, bytes, version } = row[side]!;
      const named = labelText(version === "" ? name : `${name} ${version}`);
      return block(keyOf(id), bytes, colour, `${formatBytes(bytes)}, ${change} · ${named}`);
    });
    const small = rows.slice(CLOSURE_STRATA / 2);
    if (small.length === 0) return large;
    const bytes = small.reduce((sum, row) => sum + row[side]!.bytes, 0);
    const title = `${formatBytes(bytes)}, ${change} · ${formatCounted(small.length, "smaller item")}`;
    return [...large, block(keyOf("smaller items"), bytes, colour, title)];
  });
}

/** A closure of a set: the intersections it takes part in, those of most artifacts lowest. */
function cellStrata(
  artifact: number,
  artifacts: readonly ArtifactLabel[],
  cells: OverlapAnswer["cells"],
): PictureStratum[] {
  const own = cells.filter((cell) => cell.in.includes(artifact) && cell.bytes > 0);
  const order = own.toSorted((a, b) => b.in.length - a.in.length || b.bytes - a.bytes);
  const strata = order.slice(0, CLOSURE_STRATA).map(({ in: holders, bytes, units }, i) => {
    const key = holders.join(".");
    const alone = holders.length === 1;
    const who = alone ? "only here" : `in ${holders.map((holder) => artifacts[holder]!.name).join(", ")}`;
    const title = `${formatCounted(units, "item")}, ${formatBytes(bytes)}, ${labelText(who)}`;
    return block(key, bytes, alone ? uniqueLayerColour(i) : nameColour(key), title);
  });
  return withRest(strata, sumBytes(own), `${artifact} smaller`);
}

/** One artifact alone: its layers, those of other images too in their rock colour; or its items, the largest lowest. */
function ownColumn({ artifacts: [{ kind }], nodes, total, image }: ClosureAnswer, own: PictureColumn): PictureColumn {
  if (kind === "image") {
    const strata = own.strata.map((stratum, i) =>
      (image?.layers[i]?.imageCount ?? 1) > 1 ? { ...stratum, colour: layerColour(stratum.key) } : stratum,
    );
    return { ...own, strata };
  }
  const largest = nodes.toSorted((a, b) => b.selfSize - a.selfSize).slice(0, CLOSURE_STRATA);
  const strata = largest.map(({ id, name, selfSize }) =>
    block(id, selfSize, nameColour(name), `${formatBytes(selfSize)} · ${labelText(name)}`),
  );
  return { bytes: own.bytes, strata: withRest(strata, total.bytes, "smaller") };
}

/** The strata, with one more for the difference to the whole. */
function withRest(strata: readonly PictureStratum[], whole: number, key: string): PictureStratum[] {
  const rest = whole - sumBytes(strata);
  if (rest <= 0) return [...strata];
  return [...strata, block(key, rest, uniqueLayerColour(0), `Smaller items, ${formatBytes(rest)}`)];
}

function sumBytes(parts: readonly { readonly bytes: number }[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
