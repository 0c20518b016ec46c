import { Figure, Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { MeasuredNode } from "#lib/model/answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";

interface NodeMeasuresProps {
  readonly node: MeasuredNode;
  readonly unit: MeasureUnit;
  /** The whole artifact in this unit, and its kind, for shares of it; without them there are no notes. */
  readonly whole?: { readonly value: number; readonly kind: string };
}

/** The sizes of a node: in bytes, or in components if its artifact is an SBOM. */
export function NodeMeasures({ node, unit, whole }: NodeMeasuresProps) {
  const { selfSize, closureSize, retainedSize, referenceCount } = node;
  const small = whole === undefined;
  const share = (value: number) => whole && `${formatShare(value, whole.value)} of the ${whole.kind}`;
  const references = small ? undefined : formatCounted(referenceCount, "reference");
  if (unit === "components") {
    return (
      <>
        <Figure label={<MeasureLabel name="closureCount" />} note={references} small={small}>
          {formatCount(closureSize)}
        </Figure>
        <Figure label={<MeasureLabel name="retainedCount" />} note={share(retainedSize)} small={small}>
          {formatCount(retainedSize)}
        </Figure>
      </>
    );
  }
  return (
    <>
      <Measure name="selfSize" value={selfSize} note={share(selfSize)} small={small} />
      <Measure name="closureSize" value={closureSize} note={references} small={small} />
      <Measure name="retainedSize" value={retainedSize} note={share(retainedSize)} small={small} />
    </>
  );
}
