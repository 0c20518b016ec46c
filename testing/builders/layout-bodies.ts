import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The bodies of the regular files in all gzip layers of an OCI layout, unpacked by Node. */
export function* readLayoutBodies(layout: string): Generator<Uint8Array> {
  for (const name of readdirSync(join(layout, "blobs/sha256"))) {
    const blob = readFileSync(join(layout, "blobs/sha256", name));
    if (blob.readUInt16BE(0) === 0x1f8b) yield* readTarBodies(gunzipSync(blob));
  }
}

/** The bodies of the regular files of a plain ustar or GNU tar. */
function* readTarBodies(tar: Buffer): Generator<Uint8Array> {
  let at = 0;
  while (at + 512 <= tar.length && tar[at] !== 0) {
    const byteCount = Number.parseInt(tar.toString("latin1", at + 124, at + 135), 8);
    const type = tar.toString("latin1", at + 156, at + 157);
    if (type === "0" || type === "\0") yield tar.subarray(at + 512, at + 512 + byteCount);
    at += 512 + Math.ceil(byteCount / 512) * 512;
  }
}
