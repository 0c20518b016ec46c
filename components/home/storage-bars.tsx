import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted, formatShare } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import type { ArtifactCard, SharingTotals } from "#lib/views/home.ts";

const BARS = [
  { name: "unshared", label: "Without sharing", downloadLabel: "Without sharing" },
  { name: "chain", label: "As layers on a disk", downloadLabel: "Each layer once per base" },
  { name: "layer", label: "Each layer once", downloadLabel: "Each layer once" },
] as const;

/** Bytes of all images at three rungs. Filled: stored; dashed: saved. */
export function StorageBars({ sharing, artifacts }: { sharing: SharingTotals; artifacts: readonly ArtifactCard[] }) {
  if (sharing.imageCount === 0) return null;
  const outlier = findOutlier(sharing, artifacts);
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
      <div className="w-full max-w-xl">
        <h2 className="mb-2 text-xs text-dim">
          Storage for {formatCounted(sharing.imageCount - sharing.leftOutCount, "image")}
          {sharing.byDownload ? ", compressed, as a registry stores them" : null}
        </h2>
        <dl className="grid grid-cols-[auto_minmax(4rem,1fr)_auto_auto] items-center gap-x-4 gap-y-1.5 text-[0.8125rem]">
          {BARS.map(({ name, label, downloadLabel }) => (
            <StorageBar key={name} name={name} label={sharing.byDownload ? downloadLabel : label} sharing={sharing} />
          ))}
        </dl>
        <LeftOut count={sharing.leftOutCount} />
      </div>
      {outlier === undefined ? null : <Outlier {...outlier} />}
    </div>
  );
}

function LeftOut({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="mt-2 text-xs text-dim">
      {formatCounted(count, "image")} left out: what a registry stores of {count === 1 ? "it" : "them"} is not known.
    </p>
  );
}

interface StorageBarProps {
  readonly name: (typeof BARS)[number]["name"];
  readonly label: string;
  readonly sharing: SharingTotals;
}

function StorageBar({ name, label, sharing }: StorageBarProps) {
  const share = sharing.unshared === 0 ? 0 : (100 * sharing[name]) / sharing.unshared;
  const saved = sharing.unshared - sharing[name];
  return (
    <div className="contents">
      <dt>
        <MeasureLabel name={name}>{label}</MeasureLabel>
      </dt>
      <dd aria-hidden className="h-2.5 rounded-[2px] border border-dashed border-line-strong">
        <div
          className={`-m-px h-2.5 rounded-[2px] ${name === "unshared" ? "bg-dim" : "bg-accent"}`}
          style={{ width: `calc(${share}% + 2px)` }}
        />
      </dd>
      <dd className="text-right font-medium">
        <Bytes value={sharing[name]} />
      </dd>
      <dd className="text-dim">
        {name === "unshared"
          ? formatCounted(sharing.layerReferenceCount, "layer")
          : `${formatShare(saved, sharing.unshared)} less`}
      </dd>
    </div>
  );
}

interface OutlierProps {
  readonly artifact: ArtifactCard;
  /** The image's part of all bytes without sharing; and the part of the other images' bytes that a disk saves. */
  readonly share: string;
  readonly savedWithout: string;
}

/** An image that shares nothing and has at least this part of all bytes hides the sharing of the others. */
const OUTLIER_SHARE = 0.25;

/** The largest listed image, if it has a large part of all bytes and shares nothing. */
function findOutlier(
  { unshared, chain, imageCount, byDownload }: SharingTotals,
  artifacts: readonly ArtifactCard[],
): OutlierProps | undefined {
  const [artifact] = artifacts
    .filter(({ kind }) => kind === "image")
    .toSorted((a, b) => b.column.bytes - a.column.bytes);
  if (artifact === undefined || imageCount < 3 || byDownload) return undefined;
  const { layersContentSize = 0, onlyHere } = artifact;
  if (layersContentSize < OUTLIER_SHARE * unshared || onlyHere !== layersContentSize) return undefined;
  const rest = unshared - layersContentSize;
  return {
    artifact,
    share: formatShare(layersContentSize, unshared),
    savedWithout: formatShare(rest - (chain - onlyHere), rest),
  };
}

function Outlier({ artifact, share, savedWithout }: OutlierProps) {
  return (
    <p className="max-w-xs text-xs text-dim sm:text-right">
      <Link href={artifactPath(artifact.digest)} className="text-link">
        <Visible text={artifact.name} />
      </Link>{" "}
      is {share} of these bytes and shares none of them. Without it, a disk stores {savedWithout} less.
    </p>
  );
}
