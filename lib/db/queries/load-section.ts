import type { Section } from "#lib/graph/section/section.ts";
import { float32Column, float64Column, int32Column } from "./columns.ts";
import type { Queryable } from "./queryable.ts";

/** A section with the rectangles for one shape of window. */
export interface ShapedSection extends Omit<Section, "wide" | "tall"> {
  readonly rectangles: Float32Array;
}

export type SectionShape = "wide" | "tall";

type Columns = Record<"nodeAt" | "endOf" | "reach" | "selfSize" | "strata" | "above" | "rectangles", Buffer>;

/** The section of one artifact, or `undefined` if there is none. */
export async function loadSection(
  db: Queryable,
  artifactId: number,
  shape: SectionShape,
): Promise<ShapedSection | undefined> {
  const { rows } = await db.query<Columns & { readonly startCount: number }>(
    `SELECT node_at AS "nodeAt", end_of AS "endOf", reach, self_size AS "selfSize", strata, above, start_count AS "startCount",
       CASE WHEN $2 THEN tall ELSE wide END AS rectangles
     FROM packed_section WHERE artifact_id = $1`,
    [artifactId, shape === "tall"],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    nodeAt: int32Column(row.nodeAt),
    endOf: int32Column(row.endOf),
    reach: int32Column(row.reach),
    selfSize: float64Column(row.selfSize),
    strata: toStrata(int32Column(row.strata)),
    startCount: row.startCount,
    above: int32Column(row.above),
    rectangles: float32Column(row.rectangles),
  };
}

function toStrata(numbers: Int32Array): Section["strata"] {
  return Array.from({ length: numbers.length / 4 }, (_, i) => {
    const [from, to, first, end] = numbers.subarray(4 * i, 4 * i + 4);
    return { from: from!, to: to!, first: first!, end: end! };
  });
}
