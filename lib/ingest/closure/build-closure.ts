import { createHash } from "node:crypto";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import type { Component } from "#lib/model/component.ts";
import { Evidence } from "#lib/model/component.ts";
import { type Digest, digestOf } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import type { GraphSnapshot } from "#lib/model/snapshot.ts";
import type { StoreTables } from "#lib/sources/store/index.ts";

/** Store items and their references: item i is node i of the graph. */
export type ClosureItems = Pick<
  StoreTables,
  "paths" | "narHashes" | "narSizes" | "derivers" | "referrers" | "references" | "cached" | "keyNames"
>;

/** Input of liveness, in node indexes. */
export interface LiveInput {
  readonly nodeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly roots: Int32Array;
  /** For each node, the derivation that the collector keeps because of it (`keep-derivations`), -1 if there is none. */
  readonly derivers: Int32Array;
}

/** The graph of store items, with the given roots and live paths. */
export function buildClosureGraph(
  items: ClosureItems,
  marks: Pick<GraphSnapshot, "roots" | "rootReasons" | "live">,
): GraphSnapshot {
  const count = items.referrers.length;
  return {
    components: items.paths.map((path, i) => toComponent(path, items.narHashes[i]!, items.derivers[i]!)),
    selfSize: items.narSizes,
    edges: {
      from: items.referrers,
      to: items.references,
      evidence: new Uint8Array(count).fill(Evidence.observed),
      detail: new Int32Array(count).fill(-1),
      details: [],
    },
    ...marks,
  };
}

function toComponent(path: string, narHash: string, deriver: string): Component {
  const { name, version } = parseStorePath(path) ?? { name: path, version: "" };
  return { kind: "store", name, version, identity: path, instancePath: "", narHash, deriver };
}

/** Σ NAR size over all items. Throws `InputError` (`limit-exceeded`) if the sum exceeds 2^53: such sizes are forged. */
export function sumNarSizes({ narSizes }: ClosureItems): number {
  let total = 0;
  for (const narSize of narSizes) total += narSize;
  if (Number.isSafeInteger(total)) return total;
  throw new InputError("limit-exceeded", "narSize", "the NAR sizes sum to more than 2^53 bytes");
}

/**
 * The digest of a closure: SHA-256 of lines of ASCII text, each ended by "\n", in this order:
 *
 * 1. for each item, by ascending path: `PATH NARHASH NARSIZE REFERENCE…`, one space between; a reference is the position
 *    of its item in that order, and positions ascend;
 * 2. for each root, ascending: `root POSITION`;
 * 3. for each item with a deriver that decides liveness (see `LiveInput`), ascending: `deriver POSITION POSITION`.
 *
 * So it is the same for the same content, roots and live paths, whatever the database's row ids.
 */
export function closureDigest(items: ClosureItems, marks: { roots: Int32Array; derivers: Int32Array }): Digest {
  const hash = createHash("sha256");
  let edge = 0;
  for (let i = 0; i < items.paths.length; i++) {
    let line = `${items.paths[i]} ${items.narHashes[i]} ${items.narSizes[i]}`;
    for (; edge < items.referrers.length && items.referrers[edge] === i; edge++) line += ` ${items.references[edge]}`;
    hash.update(`${line}\n`);
  }
  for (const root of marks.roots) hash.update(`root ${root}\n`);
  marks.derivers.forEach((deriver, i) => {
    if (deriver >= 0) hash.update(`deriver ${i} ${deriver}\n`);
  });
  return digestOf(hash.digest());
}
