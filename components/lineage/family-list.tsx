import Link from "next/link";
import { MoreLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { freedBytesWords, imagesOnItWords, lineageName, NOT_STALE_WORDS } from "#lib/display/lineage-words.ts";
import { listNames } from "#lib/display/list-names.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { LineageImage, MovedBase } from "#lib/model/lineage.ts";
import { type PlacedFamily, placeFamilies } from "#lib/pictures/lineage/place-families.ts";
import type { LineageView } from "#lib/views/lineage.ts";
import { FamilyLegend, FamilyPicture } from "./family-picture.tsx";
import { LINEAGE_PATH, type LineageParams, lineageAddress } from "./lineage-address.ts";

interface FamilyListProps {
  readonly view: LineageView;
  readonly params: LineageParams;
}

/** Every family of images as a picture, all on one scale. */
export function FamilyList({ view: { images, roots, stale, alone }, params }: FamilyListProps) {
  if (roots.length === 0 && params.show === "alone") return null;
  const families = placeFamilies(images, roots.slice(0, params.families));
  const movedOf = new Map(stale.bases.map((base) => [base.id, base]));
  const hidden = roots.length - families.length;
  return (
    <section aria-label="Families of images. The table of images has the same data.">
      {families.map((family) => (
        <Family key={family.root.id} family={family} moved={movedOf.get(family.root.id)} params={params} />
      ))}
      {hidden === 0 ? null : (
        <p className="mt-4 text-[0.8125rem] text-dim">
          {formatCounted(hidden, "more family", "more families")} with fewer images
          <MoreLink href={lineageAddress.more(LINEAGE_PATH, params, "families")} />
        </p>
      )}
      {families.length === 0 ? (
        <NoFamily params={params} />
      ) : (
        <FamilyLegend isCut={families.some(({ rows }) => rows.some(({ isCut }) => isCut))} />
      )}
      {params.show === "all" && params.q === "" ? <Alone images={alone} params={params} /> : null}
    </section>
  );
}

function NoFamily({ params: { q, show } }: { params: LineageParams }) {
  const text =
    show === "stale" && q === ""
      ? NOT_STALE_WORDS
      : q === ""
        ? "No image here is built on another."
        : "No family has an image of this name.";
  return <p className="text-[0.8125rem] text-dim">{text}</p>;
}

interface FamilyProps {
  readonly family: PlacedFamily;
  readonly moved: MovedBase | undefined;
  readonly params: LineageParams;
}

function Family({ family, moved, params }: FamilyProps) {
  const { root, hiddenCount } = family;
  return (
    <article
      aria-label={labelText(lineageName(root))}
      className="mb-5 border-b border-line pb-5 last-of-type:border-b-0"
    >
      <div className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 text-xs text-dim">
        <h2 className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-[0.9375rem] font-medium tracking-tight text-ink">
          <Link href={artifactPath(root.digest)} prefetch={false} className="min-w-0 break-words hover:text-accent">
            <Visible text={lineageName(root)} />
          </Link>
          <Standing root={root} moved={moved} />
        </h2>
        <span>
          {moved === undefined ? storedWords(family) : `${freedBytesWords(moved.freed)}, once nothing uses it`}
        </span>
      </div>
      <FamilyPicture family={family} />
      <p className="mt-2 text-xs text-dim">
        {hiddenCount === 0 ? null : `${formatCounted(hiddenCount, "more image")} not drawn; the table lists them all. `}
        <Link
          href={`${lineageAddress.format(LINEAGE_PATH, { ...params, base: root.id })}#moves`}
          scroll
          prefetch={false}
          className="text-link"
        >
          What if it is updated<span className="sr-only"> ({labelText(lineageName(root))})</span>
        </Link>
      </p>
    </article>
  );
}

function Standing({ root, moved }: { root: LineageImage; moved: MovedBase | undefined }) {
  if (moved === undefined)
    return <span className="text-xs font-normal text-dim">{imagesOnItWords(root.imageCount)}</span>;
  return (
    <span className="rounded-full bg-shade px-2 text-xs font-normal text-warn">
      older than <Visible text={moved.newerName} /> · {moved.staleCount} stale
    </span>
  );
}

function storedWords({ unshared, stored }: PlacedFamily): string {
  return `without sharing ${formatBytes(unshared)}, on a disk ${formatBytes(stored)}`;
}

function Alone({ images, params }: { images: readonly LineageImage[]; params: LineageParams }) {
  if (images.length === 0) return null;
  return (
    <p className="mt-6 text-[0.8125rem]">
      <span className="font-medium">{formatCounted(images.length, "image")} without a scanned base</span>{" "}
      <span className="break-words text-dim">{labelText(listNames(images.map(({ name }) => name)))}.</span>{" "}
      <Link
        href={`${lineageAddress.format(LINEAGE_PATH, { ...params, show: "alone" })}#images`}
        prefetch={false}
        className="text-link"
      >
        Show
      </Link>
    </p>
  );
}
