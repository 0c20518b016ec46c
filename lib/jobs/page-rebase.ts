import { UnreachableError } from "#lib/model/problem.ts";
import type { RebaseAnswer } from "#lib/model/rebase-answer.ts";
import { runRebase } from "#lib/moves/rebase/run-rebase.ts";
import { isLocalSource } from "#lib/scan/new-request.ts";
import { toJointAccess } from "./scanned-access.ts";

/** A stored image, and the source that it was scanned from last. */
export interface StoredSide {
  readonly digest: string;
  readonly source: string;
}

export interface StoredRebase {
  readonly image: StoredSide;
  readonly from: StoredSide;
  readonly to: StoredSide;
  readonly against: StoredSide | undefined;
}

/**
 * Judges a rebase of stored images, whose layers are read from where they were scanned, in a process of its own. Throws UnreachableError,
 * InputError and UsageError, each with one line, if a source has changed, is gone, or may not be read from pages.
 */
export async function judgeStored(rebase: StoredRebase, signal: AbortSignal): Promise<RebaseAnswer> {
  const { image, from, to, against } = rebase;
  const sides = [image, from, to, ...(against === undefined ? [] : [against])];
  const { platforms } = await runRebase(
    {
      image: image.source,
      from: from.source,
      to: to.source,
      against: against?.source,
      digests: { image: image.digest, from: from.digest, to: to.digest, against: against?.digest },
      access: toJointAccess(sides.map(({ source }) => source)),
      platform: "all",
    },
    { signal },
  );
  const [answer] = platforms;
  if (answer === undefined) throw new UnreachableError(`${image.source} does not have this image any more`);
  return answer;
}

/** The source by which a stored image is found again: of a registry by digest, since a tag may have moved. */
export function pinSource(source: string, digest: string): string {
  if (!source.startsWith("docker://")) return source;
  return `${source.replace(/@[^@/]*$/, "").replace(/:[^:/]*$/, "")}@${digest}`;
}

/** The source of one image for a command, which knows no digests: of a layout or an archive with several images by its name. */
export function nameInSource(source: string, name: string): string {
  if (source === "docker-archive:-") return source;
  return /^(oci|oci-archive|docker-archive):[^:]+$/.test(source) ? `${source}:${name}` : source;
}

/** Whether judging it costs a download. */
export function isRemoteRebase({ image, from, to }: StoredRebase): boolean {
  return [image, from, to].some(({ source }) => !isLocalSource(source));
}
