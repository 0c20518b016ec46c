import type { Pool } from "pg";
import { computeDownloadOnlyLadder } from "#lib/analysis/sharing/download-rungs.ts";
import { computeLadder } from "#lib/analysis/sharing/ladder.ts";
import { whileThere } from "#lib/db/queries/while-there.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { loadBlobParts } from "./blob-parts.ts";
import { checkSized } from "./check-sized.ts";
import { loadDownloadLabels, loadLabels } from "./labels.ts";
import { loadPartHoldings } from "./parts.ts";
import { isKnownByManifest, loadChunkUnits } from "./rung-units.ts";

/**
 * The bytes needed by a set of artifacts, or parts of them, with sharing at each grain. `parts`: each once. Throws a GoneError if
 * one of them is removed meanwhile.
 */
export function answerSavings(db: Pool, parts: readonly ArtifactPart[]): Promise<SavingsAnswer> {
  return whileThere(db, parts, async () => {
    await checkSized(db, parts);
    if (await isKnownByManifest(db, parts)) {
      const held = await loadBlobParts(db, parts);
      const artifacts = await loadDownloadLabels(db, parts, held);
      return { question: "savings", artifacts, ...computeDownloadOnlyLadder(held) };
    }
    const [artifacts, holdings] = await Promise.all([loadLabels(db, parts), loadPartHoldings(db, parts)]);
    return { question: "savings", artifacts, ...computeLadder(holdings, [await loadChunkUnits(db, holdings)]) };
  });
}
