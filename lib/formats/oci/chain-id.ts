import { createHash } from "node:crypto";
import type { ChainId, DiffId } from "#lib/model/digest.ts";

/** ChainID of every layer, the lowest first (image-spec `config.md#layer-chainid`): each hashes the one below it. */
export function toChainIds(diffIds: readonly DiffId[]): ChainId[] {
  const chain: ChainId[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push((below === undefined ? diffId : sha256(`${below} ${diffId}`)) as ChainId);
  }
  return chain;
}

function sha256(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
