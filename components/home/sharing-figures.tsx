import { Figure, Measure } from "#components/ui/measure.tsx";
import { formatCounted, formatShare } from "#lib/display/bytes.ts";
import type { SharingTotals } from "#lib/views/home.ts";

/** What all images here need when nothing is shared, and when each layer is kept once. */
export function SharingFigures({ sharing }: { sharing: SharingTotals }) {
  const saved = sharing.unshared - sharing.layer;
  return (
    <dl className="flex flex-wrap items-start gap-x-12 gap-y-5">
      <Measure
        name="unshared"
        value={sharing.unshared}
        leading
        note={`${formatCounted(sharing.imageCount, "image")}, ${formatCounted(sharing.layerReferenceCount, "layer")}`}
      />
      <Measure
        name="layer"
        value={sharing.layer}
        leading
        note={`${formatCounted(sharing.layerCount, "distinct layer")}`}
      />
      <Figure label="Saved by sharing layers">
        {formatShare(saved, sharing.unshared)}
        <div className="mt-1.5 flex h-2 w-44 overflow-hidden rounded-[2px] bg-(--rock-unique)" aria-hidden>
          <div
            className="bg-accent"
            style={{ width: `${sharing.unshared === 0 ? 0 : (100 * saved) / sharing.unshared}%` }}
          />
        </div>
      </Figure>
    </dl>
  );
}
