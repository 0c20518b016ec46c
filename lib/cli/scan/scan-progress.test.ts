import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import type { LayerScan } from "#lib/model/layer.ts";
import type { BlobPlace } from "#lib/sources/images/source-image.ts";
import type { Terminal } from "../terminal.ts";
import { ScanProgress } from "./scan-progress.ts";

function watch(): { terminal: Terminal; lines: () => string[] } {
  const err = new PassThrough();
  const terminal = { out: new PassThrough(), err, watched: true };
  // Each line begins where the last one did, over it.
  return {
    terminal,
    lines: () =>
      String(err.read() ?? "")
        .split("\r\x1b[2K")
        .slice(1),
  };
}

const range = (length: number): BlobPlace => ({ kind: "range", file: "f", offset: 0, length });

it("tells how many layers and bytes are read, of those that were asked for", async () => {
  const { terminal, lines } = watch();
  const progress = new ScanProgress(terminal, "web");
  const first = Promise.withResolvers<LayerScan>();
  const second = Promise.withResolvers<LayerScan>();
  const reads = [first.promise, second.promise];
  const read = progress.track(() => reads.shift()!);
  const both = Promise.all([read(range(3 * 1024 ** 2)), read(range(1024 ** 2))]);
  progress.add(2 * 1024 ** 2);
  expect(lines()).toEqual(["web: 0 of 2 layers, 2.0 MiB of 4.0 MiB"]);
  progress.add(2 * 1024 ** 2);
  first.resolve({} as LayerScan);
  second.resolve({} as LayerScan);
  await both;
  expect(lines().at(-1)).toBe("web: 2 of 2 layers, 4.0 MiB of 4.0 MiB");
});

it("tells only the bytes of what comes through a pipe, and spells a hostile name out", () => {
  const { terminal, lines } = watch();
  new ScanProgress(terminal, "stan\x1b[31mdard input").add(5 * 1024 ** 2);
  expect(lines()).toEqual(["stan⟨U+001B⟩[31mdard input: 5.0 MiB read"]);
});
