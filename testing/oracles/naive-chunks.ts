import { GEAR } from "#lib/formats/fastcdc/gear.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";

/** The lengths of a body's chunks by the definition: the hash is summed from scratch at each position. */
export function naiveChunkLengths(body: Uint8Array, sizes: ChunkSizes): number[] {
  const lengths: number[] = [];
  for (let start = 0; start < body.length; start += lengths.at(-1)!) {
    lengths.push(naiveLength(body.subarray(start), sizes));
  }
  return lengths;
}

function naiveLength(rest: Uint8Array, { minBytes, averageBytes, maxBytes }: ChunkSizes): number {
  const bits = Math.log2(averageBytes);
  for (let at = minBytes; at < Math.min(rest.length, maxBytes); at++) {
    const zeros = at < averageBytes ? bits + 2 : bits - 2;
    if (naiveHash(rest, minBytes, at) < 2 ** (32 - zeros)) return at + 1;
  }
  return Math.min(rest.length, maxBytes);
}

/** A byte k places back counts 2^k times; bits from 2^32 up are dropped. */
function naiveHash(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let back = 0; back < 32 && to - back >= from; back++) sum = (sum + (GEAR[bytes[to - back]!]! << back)) >>> 0;
  return sum;
}
