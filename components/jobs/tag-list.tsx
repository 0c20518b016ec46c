import { Bytes } from "#components/ui/bytes.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { type ImageWeight, sumLeft } from "#lib/model/registry-offer.ts";
import { ChoiceRow } from "./choice-row.tsx";

interface TagListProps {
  /** `host/app:1`, those that are offered. */
  readonly images: readonly string[];
  readonly moreCount: number;
  readonly chosen: readonly string[];
  readonly setChosen: (chosen: readonly string[]) => void;
  readonly weights: ReadonlyMap<string, ImageWeight>;
}

/** Tags to choose from, with the bytes that a scan of each would still download. Chosen ones stay while others are searched. */
export function TagList({ images, moreCount, chosen, setChosen, weights }: TagListProps) {
  const shown = [...chosen.filter((image) => !images.includes(image)), ...images];
  if (shown.length === 0) return null;
  const known = chosen.flatMap((image) => weights.get(image) ?? []);
  return (
    <fieldset className="mt-2">
      <legend className="sr-only">Tags</legend>
      <div aria-hidden className="flex justify-between px-2 text-xs text-dim">
        <span>Tag</span>
        <span>to download</span>
      </div>
      <ul className="-mx-0.5 mt-1 max-h-56 overflow-y-auto px-0.5">
        {shown.map((image) => (
          <ChoiceRow
            key={image}
            name={images.includes(image) ? image.slice(image.lastIndexOf(":") + 1) : image}
            isChosen={chosen.includes(image)}
            choose={(isChosen) => setChosen(isChosen ? [...chosen, image] : chosen.filter((each) => each !== image))}
            note={noteText(weights.get(image))}
            size={<Left weight={weights.get(image)} />}
          />
        ))}
        {moreCount === 0 ? null : (
          <li className="px-2 py-1.5 text-xs text-dim">{formatCounted(moreCount, "more tag")}. Go on typing.</li>
        )}
      </ul>
      {chosen.length < 2 ? null : (
        <p role="status" className="px-2 pt-1.5 text-xs text-dim">
          {known.length < chosen.length ? "At least " : ""}
          {formatBytes(sumLeft(known))} to download for {formatCounted(chosen.length, "tag")}
        </p>
      )}
    </fieldset>
  );
}

function noteText(weight: ImageWeight | undefined): string {
  if (weight === undefined) return "";
  if (weight.line !== "") return weight.line;
  return `${weight.knownCount} of ${formatCounted(weight.layerCount, "layer")} known`;
}

function Left({ weight }: { weight: ImageWeight | undefined }) {
  if (weight === undefined || weight.line !== "") return null;
  return <Bytes value={sumLeft([weight])} />;
}
