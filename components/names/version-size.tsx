import { Bytes, Count, Delta } from "#components/ui/bytes.tsx";
import { None } from "#components/ui/data-table.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import type { VersionMeasure } from "#lib/model/name-version.ts";

/** A version's size: bytes, or the components of an SBOM. */
export function VersionSize({ size, measure }: { size: number | null; measure: VersionMeasure }) {
  if (size === null) return <None />;
  return measure === "nodeCount" ? <Count value={size} /> : <Bytes value={size} />;
}

/** A difference of two sizes. */
export function VersionDelta({ delta, measure }: { delta: number | null; measure: VersionMeasure }) {
  if (delta === null) return <None />;
  if (measure !== "nodeCount") return <Delta value={delta} />;
  return <data value={delta}>{delta === 0 ? "±0" : `${delta > 0 ? "+" : "−"}${formatCount(Math.abs(delta))}`}</data>;
}
