import { BLOCK_BYTES, type TarEntry, TarParser } from "#lib/formats/tar/index.ts";
import { sealHeader } from "#testing/builders/tar.ts";

/** Corrects header checksums, so that damage reaches the code behind them. */
export function reseal(tar: Uint8Array): void {
  for (let at = 0; at + BLOCK_BYTES <= tar.length; at += BLOCK_BYTES)
    if (tar[at + 148] !== 0 && tar[at + 155] === 0x20) sealHeader(tar.subarray(at, at + BLOCK_BYTES));
}

/** Emits only the entries, found by jumping from header to header, the way an archive of images is read. */
export function readByJumping(tar: Uint8Array, tell: (entry: TarEntry) => void): void {
  const parser = new TarParser({
    entry: tell,
    body: () => undefined,
    endEntry: () => undefined,
    warn: () => undefined,
  });
  for (let at = 0; at < tar.length; ) {
    const block = tar.subarray(at, at + BLOCK_BYTES);
    parser.write(block);
    at += block.length + parser.passOver();
  }
  parser.end();
}
