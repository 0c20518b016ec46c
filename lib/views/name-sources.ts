import "server-only";
import { listSharedSources } from "#lib/db/queries/list-shared-sources.ts";
import { nameInSource, pinSource } from "#lib/jobs/page-rebase.ts";
import { database } from "./database.ts";

interface Scanned {
  readonly source: string;
  readonly digest: string;
  /** In its source. */
  readonly name: string;
}

/** The sources of stored images as a command takes them, one image each. */
export async function nameSources(images: readonly Scanned[]): Promise<string[]> {
  const several = await listSharedSources(
    await database(),
    images.map(({ source }) => source),
  );
  return images.map(({ source, digest, name }) =>
    several.has(source) ? nameInSource(source, name) : pinSource(source, digest),
  );
}
