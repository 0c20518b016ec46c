import "server-only";
import { type LayerStep, listSteps } from "#lib/db/queries/list-steps.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { unownedName } from "#lib/model/unowned-name.ts";

/**
 * The same view, with the nodes of files that no package owns named by their layer's step instead of its digest. Only names and versions
 * differ: ids, by which nodes are found and linked, stay.
 */
export async function nameUnowned<View>(db: Queryable, artifactId: number, view: View): Promise<View> {
  const steps = await listSteps(db, artifactId);
  if (steps.length === 0) return view;
  return rename(view, byDiffId(steps)) as View;
}

/** Steps by DiffID, and by its beginning, which nodes of unowned files have as version. */
export function byDiffId(steps: readonly LayerStep[]): Map<string, LayerStep> {
  // The lowest of equal layers is the one that added the files.
  return new Map(steps.flatMap((step) => [[step.diffId, step] as const, [shortDigest(step.diffId), step] as const]));
}

/** Views are plain data of our own, a few levels deep. */
function rename(value: unknown, steps: ReadonlyMap<string, LayerStep>): unknown {
  if (Array.isArray(value)) return value.map((each) => rename(each, steps));
  if (!isPlain(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rename(each, steps)]));
  const step = steps.get(toDiffId(copy));
  return step === undefined ? copy : { ...copy, name: unownedName(step), version: "" };
}

/** A node has a kind and its layer's DiffID as version; where it is only named, it has its id. */
function toDiffId({ kind, version, id }: Record<string, unknown>): string {
  if (kind === "unowned" && typeof version === "string") return version;
  return typeof id === "string" && id.startsWith("unowned:") ? id.slice("unowned:".length) : "";
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
