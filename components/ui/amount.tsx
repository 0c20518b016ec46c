import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { Bytes, Count } from "./bytes.tsx";

/** A size in the unit of its artifact: bytes, or components of an SBOM. */
export function Amount({ value, unit }: { value: number; unit: MeasureUnit }) {
  return unit === "bytes" ? <Bytes value={value} /> : <Count value={value} />;
}
