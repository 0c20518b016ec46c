import type { Metadata } from "next";
import Link from "next/link";
import { SELECTED } from "#components/home/selected.ts";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { Visible } from "#components/ui/visible.tsx";
import { parseNames } from "#lib/display/address.ts";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { type DeletionView, loadDeletion } from "#lib/views/delete.ts";

export const metadata: Metadata = { title: "Delete artifacts" };

/** Confirms a deletion: the artifacts, the freed bytes, and what remains. */
export default async function DeletePage({ searchParams }: { searchParams: SearchParams }) {
  const names = parseNames([(await searchParams)[SELECTED] ?? []].flat());
  const view = await loadDeletion(names);
  const count = view.artifacts.length;
  return (
    <Page>
      <h1 className="text-2xl font-medium tracking-tight">
        {count === 0 ? "Nothing to delete" : `Delete ${formatCounted(count, "artifact")}?`}
      </h1>
      {count === 0 ? (
        <p className="mt-3">
          These artifacts no longer exist.{" "}
          <Link href="/" className="text-link">
            All artifacts
          </Link>
        </p>
      ) : (
        <Confirmation view={view} />
      )}
    </Page>
  );
}

function Confirmation({ view: { artifacts, names, freed } }: { view: DeletionView }) {
  return (
    <>
      <ul className="mt-5 max-w-3xl divide-y divide-line border-y border-line">
        {artifacts.map(({ digest, name }, i) => (
          <li key={digest} className="flex flex-wrap items-baseline gap-x-3 py-2">
            <Link href={artifactPath(digest)} className="font-medium break-all hover:text-accent">
              <Visible text={name} />
            </Link>
            <span className="font-mono text-xs text-dim">{shortDigest(digest)}</span>
            {names[i]!.length < 2 ? null : (
              <span className="w-full text-xs text-dim">
                also called <Visible text={names[i]!.filter((other) => other !== name).join(", ")} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-4 max-w-3xl text-[0.8125rem]">
        {freedWords(freed)}Stratigraph deletes only its own records: the images themselves, and their reports, remain.
      </p>
      <form method="post" action="/delete/now" className="mt-5 flex gap-3 text-[0.8125rem]">
        <input type="hidden" name={SELECTED} value={artifacts.map(({ digest }) => shortDigest(digest)).join(",")} />
        <button type="submit" className="rounded-md bg-warn px-4 py-2 font-medium text-ground">
          Delete {formatCounted(artifacts.length, "artifact")}
        </button>
        <Link href="/" className="rounded-md border border-line-strong px-4 py-2">
          Cancel
        </Link>
      </form>
    </>
  );
}

/** What deleting the images themselves would free, as far as it is known. */
function freedWords({ disk, registry }: DeletionView["freed"]): string {
  const places = [
    ...(disk === null ? [] : [`${formatBytes(disk)} on a disk with all images listed here`]),
    ...(registry === null ? [] : [`${formatBytes(registry)} in a registry`]),
  ];
  return places.length === 0 ? "" : `Deleting the images as well would free ${places.join(", and ")}. `;
}
