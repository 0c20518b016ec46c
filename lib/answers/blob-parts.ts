import type { Pool } from "pg";
import { loadBlobHoldings } from "#lib/db/queries/load-blob-holdings.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import type { BlobHolding, Holding } from "#lib/model/holding.ts";
import { loadPartHoldings } from "./parts.ts";

/** What manifests and narinfos say of these artifacts, or parts of them, in this order. Throws a GoneError if one does not exist. */
export async function loadBlobParts(db: Pool, parts: readonly ArtifactPart[]): Promise<BlobHolding[]> {
  const held = await loadBlobHoldings(
    db,
    parts.map(({ id }) => id),
  );
  const closures = parts.filter((_, i) => held[i]!.layers === undefined);
  const holdings = await loadPartHoldings(db, closures);
  return held.map((each, i) =>
    each.layers === undefined ? withItems(each, holdings[closures.indexOf(parts[i]!)]!) : each,
  );
}

function withItems(held: BlobHolding, holding: Holding): BlobHolding {
  const { componentId, fileSize } = holding.kind === "closure" ? holding.items : {};
  return componentId === undefined || fileSize === undefined ? held : { ...held, items: { componentId, fileSize } };
}
