import type { Pool } from "pg";
import { countKinds } from "#lib/db/queries/count-kinds.ts";
import type { ArtifactDetail } from "#lib/db/queries/get-artifact.ts";

/** Where Guix keeps its store; Nix's can be anywhere. */
const GUIX_STORE = "/gnu/store";

/** The kinds of components of these artifacts, and nix or guix instead of store; sorted. */
export async function listEcosystems(db: Pool, details: readonly ArtifactDetail[]): Promise<string[]> {
  const lists = await Promise.all(details.map((detail) => listOwn(db, detail)));
  return [...new Set(lists.flat())].sort();
}

async function listOwn(db: Pool, { id, kind, storeDir }: ArtifactDetail): Promise<string[]> {
  if (kind === "closure") return [storeDir === GUIX_STORE ? "guix" : "nix"];
  return (await countKinds(db, id)).map((each) => each.kind);
}
