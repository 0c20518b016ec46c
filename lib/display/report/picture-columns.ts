import type { Answer, ArtifactLabel, ClosureAnswer, DiffAnswer, OverlapAnswer } from "#lib/model/answer.ts";
import { layerColour, nameColour, uniqueLayerColour } from "../colours.ts";
import { SIDES } from "../sides.ts";

/** One stratum of a picture: equal keys are joined, solid where the places are equal too. */
export interface PictureStratum {
  readonly key: string;
  readonly place: string;
  readonly bytes: number;
  /** Of those, bytes that nobody sees. */
  readonly wasted: number;
  /** As CSS of the pages writes it. */
  readonly colour: string;
}

/** The lowest first. */
export type PictureColumn = readonly PictureStratum[];

/** Strata of a closure, at most; what is smaller is one more. */
const CLOSURE_STRATA = 24;

/** An answer's artifacts as columns, coloured as the pages colour them. */
export function toPictureColumns(answer: Answer): PictureColumn[] {
  switch (answer.question) {
    case "diff":
      return toDiffColumns(answer);
    case "overlap":
      return toOverlapColumns(answer);
    case "savings":
      return colourSides(toLayerColumns(answer.artifacts));
    case "closure":
      return [toOwnColumn(answer)];
  }
}

/** A layer that several of them have keeps its rock; one of only one is grey. A closure is one block. */
function toLayerColumns(artifacts: readonly ArtifactLabel[]): PictureColumn[] {
  const holders = new Map<string, number>();
  for (const { layers } of artifacts)
    for (const diffId of new Set(layers.map((layer) => layer.diffId)))
      holders.set(diffId, (holders.get(diffId) ?? 0) + 1);
  return artifacts.map(({ layers, kind, digest, byteCount }) => {
    if (kind === "closure") return [block(digest, byteCount, uniqueLayerColour(0))];
    return layers.map(({ diffId, chainId, contentSize, wastedSize }, position) => {
      const colour = (holders.get(diffId) ?? 0) > 1 ? layerColour(diffId) : uniqueLayerColour(position);
      return { key: diffId, place: chainId, bytes: contentSize, wasted: wastedSize, colour };
    });
  });
}

function block(key: string, bytes: number, colour: string): PictureStratum {
  return { key, place: key, bytes, wasted: 0, colour };
}

/** Of two columns: what only one has in the colour of its side. */
function colourSides(columns: readonly PictureColumn[]): PictureColumn[] {
  if (columns.length !== 2) return [...columns];
  const keys = columns.map((strata) => new Set(strata.map(({ key }) => key)));
  return columns.map((strata, i) =>
    strata.map((stratum, position) => {
      if (keys[1 - i]!.has(stratum.key)) return stratum;
      const { colour } = SIDES[i === 0 ? "left" : "right"];
      return { ...stratum, colour: position % 2 === 0 ? colour : `color-mix(in oklab, ${colour}, var(--ground) 28%)` };
    }),
  );
}

function toDiffColumns({ artifacts, components }: DiffAnswer): PictureColumn[] {
  return colourSides(toLayerColumns(artifacts)).map((column, i) =>
    artifacts[i]!.kind === "image" ? column : toChangeStrata(components, i === 0 ? "left" : "right"),
  );
}

/** A closure beside another: what is the same at the bottom, then what changed, then what only it has. */
function toChangeStrata(components: DiffAnswer["components"], side: "left" | "right"): PictureColumn {
  const sumOf = (change: string) =>
    components.filter((row) => row.change === change).reduce((sum, row) => sum + (row[side]?.bytes ?? 0), 0);
  return [
    block("same", sumOf("same"), SIDES.both.colour),
    block(`${side} changed`, sumOf("changed"), SIDES.changed.colour),
    block(side, sumOf(side === "left" ? "removed" : "added"), SIDES[side].colour),
  ];
}

function toOverlapColumns({ artifacts, cells }: OverlapAnswer): PictureColumn[] {
  const columns = toLayerColumns(artifacts).map((column, i) =>
    artifacts[i]!.kind === "image" ? column : toCellStrata(i, cells),
  );
  return colourSides(columns);
}

/** A closure of a set: the cells that it is in, those of most artifacts lowest. */
function toCellStrata(artifact: number, cells: OverlapAnswer["cells"]): PictureColumn {
  const own = cells.filter((cell) => cell.in.includes(artifact));
  const order = own.toSorted((a, b) => b.in.length - a.in.length || b.bytes - a.bytes);
  const strata = order.slice(0, CLOSURE_STRATA).map(({ in: holders, bytes }, i) => {
    const key = holders.join(".");
    return block(key, bytes, holders.length === 1 ? uniqueLayerColour(i) : nameColour(key));
  });
  return withRest(strata, own);
}

/** One artifact alone: its layers, those that other images had in their rock; or its items, the largest lowest. */
function toOwnColumn({ artifacts: [artifact], nodes, total, image }: ClosureAnswer): PictureColumn {
  if (artifact.kind === "image") {
    const [column = []] = toLayerColumns([artifact]);
    return column.map((stratum, i) =>
      (image?.layers[i]?.imageCount ?? 1) > 1 ? { ...stratum, colour: layerColour(stratum.key) } : stratum,
    );
  }
  const largest = nodes.toSorted((a, b) => b.selfSize - a.selfSize).slice(0, CLOSURE_STRATA);
  const strata = largest.map(({ id, name, selfSize }) => block(id, selfSize, nameColour(name)));
  return withRest(strata, [total]);
}

/** The strata with one more for what they lack of the whole. */
function withRest(strata: readonly PictureStratum[], whole: readonly { readonly bytes: number }[]): PictureColumn {
  const sum = (parts: readonly { readonly bytes: number }[]) => parts.reduce((bytes, part) => bytes + part.bytes, 0);
  const rest = sum(whole) - sum(strata);
  return rest > 0 ? [...strata, block("smaller", rest, uniqueLayerColour(0))] : strata;
}
