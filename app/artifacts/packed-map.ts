import { packColumns, textColumn } from "#lib/exports/packed-columns.ts";
import type { AnyMapNodes } from "#lib/model/map-nodes.ts";
import type { loadMapSection } from "#lib/views/map.ts";

type Shaped = Awaited<ReturnType<typeof loadMapSection>>;

/** The shape of the window that a map is for. */
export function toShape(query: URLSearchParams): "wide" | "tall" {
  return query.get("shape") === "tall" ? "tall" : "wide";
}

export function packSection({ strata, startCount, ...columns }: Shaped): Uint8Array<ArrayBuffer> {
  return packColumns({ strata, startCount }, columns);
}

/** Texts that occur often are sent as numbers, with a list of them. */
export function packNodes(nodes: AnyMapNodes): Uint8Array<ArrayBuffer> {
  const { names, versions, kinds, ...rest } = nodes;
  const sides = "sides" in rest ? numberTexts(rest.sides) : undefined;
  const numbered = numberTexts(kinds);
  const about = { kinds: numbered.texts, sides: sides?.texts };
  const columns = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "sides")) as Columns;
  const added = sides === undefined ? undefined : { side: sides.numbers };
  const texts = { names: textColumn(names), versions: textColumn(versions), kind: numbered.numbers };
  return packColumns(about, { ...columns, ...texts, ...added });
}

type Columns = Record<string, Int32Array | Float64Array>;

function numberTexts(texts: readonly string[]) {
  const distinct = [...new Set(texts)];
  const numberOf = new Map(distinct.map((text, i) => [text, i]));
  return { texts: distinct, numbers: Uint8Array.from(texts, (text) => numberOf.get(text)!) };
}
