import assert from "node:assert/strict";
import { parseChiselManifest, unpackChiselManifest } from "#lib/formats/chisel/index.ts";
import { debPurl } from "#lib/formats/purl/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toText } from "../hold.ts";

const UBUNTU = { id: "ubuntu", version: "24.04" };

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

function checkManifest(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseChiselManifest(text);
  holdFaults(problems);
  for (const { name, version, arch, paths } of value) {
    debPurl(name, version, arch, UBUNTU);
    for (const path of paths) assert.ok(!path.startsWith("/") && !path.endsWith("/"));
  }
  holdLength(
    value.map(({ name, version }) => name + version),
    text,
  );
  // Each decompression leaves memory that the engine's limit counts until it is collected.
  if (ZSTD_MAGIC.equals(input.subarray(0, 4))) assert.ok(unpackChiselManifest(input).length <= 16 * 1024 ** 2);
}

export const CHISEL_TARGETS: readonly FuzzTarget[] = [
  {
    name: "chisel-manifest",
    maxLength: 1024,
    check: checkManifest,
    dictionary: [
      '{"jsonwall":"1.0"}\n',
      '{"kind":"content","slice":"',
      '{"kind":"package","name":"',
      '"path":"/',
      "a_b",
    ],
    seeds: [
      '{"jsonwall":"1.0","schema":"1.0","count":4}\n{"kind":"content","slice":"a_b","path":"/x"}\n{"kind":"package","name":"a","version":"1","sha256":"0","arch":"amd64"}\n{"kind":"slice","name":"a_b"}\n',
    ],
  },
];
