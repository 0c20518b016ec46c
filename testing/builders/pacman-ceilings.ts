import { zstdCompressSync } from "node:zlib";
import type { CeilingCase } from "./ceiling-case.ts";
import { writeStreamedLayout } from "./stream-layout.ts";

const list = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const desc = (name: string, rest: string) => ({
  path: `var/lib/pacman/local/${name}-1/desc`,
  body: `%NAME%\n${name}\n\n%VERSION%\n1\n\n${rest}`,
});
const words = (count: number) => list(count, (i) => `name${i}`).join("\n");

const chisel = (count: number) =>
  zstdCompressSync(
    `{"jsonwall":"1.0"}\n${list(count, (i) => `{"kind":"content","slice":"p${i}_a","path":"/x${i}"}\n{"kind":"package","name":"p${i}","version":"1","arch":"amd64"}`).join("\n")}\n`,
  );

/** The limits of pacman's database, and of Chisel's manifest. */
export const PACMAN_CEILING_CASES: readonly CeilingCase[] = [
  {
    name: "20,000 packages of pacman that all provide one name and need it, one with 50,001 needs and 660,001 files",
    limits: [
      "formats/pacman/local-package.ts MAX_PACMAN_DEPENDENCIES",
      "formats/pacman/local-package.ts MAX_PACMAN_FILES",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          desc("wide", `%DEPENDS%\n${words(50_001)}\n\n%PROVIDES%\n${words(50_001)}\n`),
          { path: "var/lib/pacman/local/wide-1/files", body: `%FILES%\n${words(660_001)}\n` },
          ...list(20_000, (i) => desc(`p${i}`, "%DEPENDS%\nx>=1\n\n%PROVIDES%\nx=2\n")),
        ],
      ]),
    status: 0,
    says: /dependency candidates/,
  },
  {
    name: "a manifest of Chisel of 16 MiB with 100,000 packages, one over the limit, and one longer than is kept",
    limits: [
      "formats/chisel/manifest.ts MAX_CHISEL_TEXT_BYTES",
      "ingest/layers/documents.ts MAX_CHISEL_MANIFEST_BYTES",
    ],
    write: (folder) =>
      writeStreamedLayout(folder, [
        [
          { path: "var/lib/chisel/manifest.wall", body: chisel(90_000) },
          { path: "opt/long/manifest.wall", body: chisel(200_000) },
          { path: "opt/large/manifest.wall", body: Buffer.alloc(4 * 1024 ** 2 + 1) },
        ],
      ]),
    status: 0,
    says: /is not a manifest of Chisel/,
  },
];
