import type { HeldItems } from "#lib/model/holding.ts";
import { ClaimList, type Claims, DUPLICATES, markDuplicates } from "./claims.ts";

/**
 * What a closure's classes claim: its nodes, and of the items whose files are known, equal files beyond one. Such a file is a row of
 * its own, and each item a row for the rest.
 */
export function claimClosure({ count, narSize, bodies }: HeldItems, nodeMask: Uint16Array): Claims {
  const list = new ClaimList();
  const rest = narSize.slice();
  if (bodies !== undefined) {
    const mask = Uint16Array.from(bodies.item, (item) => nodeMask[item]!);
    const group = markDuplicates(bodies, mask);
    for (let i = 0; i < bodies.count; i++) {
      if (group[i] === -1) continue;
      const bytes = bodies.byteCount[i]!;
      const node = bodies.item[i]!;
      list.add({ mask: mask[i]!, bytes, layer: -1, entry: node, node, folder: node }, group[i]!);
      rest[node]! -= bytes;
    }
  }
  for (let node = 0; node < count; node++) {
    const mask = nodeMask[node]! & ~DUPLICATES;
    if (rest[node]! > 0) list.add({ mask, bytes: rest[node]!, layer: -1, entry: node, node, folder: node });
  }
  return list.toClaims();
}
