import { isDocument } from "#lib/ingest/layers/documents.ts";
import { scanLayer } from "#lib/ingest/layers/scan-layer.ts";
import { detectComponents, type FoundComponents } from "#lib/ingest/packages/detect-components.ts";
import { squash } from "#lib/ingest/squash/squash.ts";
import type { FileTree } from "#lib/model/file-tree.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { toListing } from "#lib/model/layer-listing.ts";
import { buildTar, inChunks, type TarMember } from "./tar.ts";

/** Pieces of the size in which a decompressed layer comes. */
const PIECE_BYTES = 65_536;

/** Scans a layer of these files, and detects the components of the image that has it alone. */
export async function detectLayer(
  members: readonly TarMember[],
): Promise<{ scan: LayerScan; tree: FileTree; found: FoundComponents }> {
  const scan = await scanLayer(inChunks(buildTar(members), PIECE_BYTES), { isDocument });
  const { tree } = squash([toListing(scan)]);
  const found = detectComponents(tree, { source: "test", command: [], diffIds: [scan.diffId] });
  return { scan, tree, found };
}
