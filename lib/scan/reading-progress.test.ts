import { expect, it } from "vitest";
import type { LayerScan } from "#lib/model/layer.ts";
import type { ScanCounts } from "#lib/model/scan-progress.ts";
import type { BlobPlace, SourceLayer } from "#lib/sources/images/source-image.ts";
import { ReadingProgress } from "./reading-progress.ts";

const range = (length: number): BlobPlace => ({ kind: "range", file: "f", offset: 0, length });

it("counts layers and bytes read, of those requested", async () => {
  const emitted: ScanCounts[] = [];
  const progress = new ReadingProgress((counts) => emitted.push(counts));
  const first = Promise.withResolvers<LayerScan>();
  const second = Promise.withResolvers<LayerScan>();
  const reads = [first.promise, second.promise];
  const read = progress.track(() => reads.shift()!);
  const both = Promise.all([read(range(30)), read(range(10))]);
  progress.add(20);
  expect(emitted).toEqual([{ layersRead: 0, layerCount: 2, bytesRead: 20, totalBytes: 40 }]);
  progress.add(20);
  first.resolve({} as LayerScan);
  second.resolve({} as LayerScan);
  await both;
  expect(emitted.at(-1)).toEqual({ layersRead: 2, layerCount: 2, bytesRead: 40, totalBytes: 40 });
});

it("lists all layers of the image: known, unread and read", async () => {
  const emitted: ScanCounts[] = [];
  const layers = [30, 20, 10].map((storedSize) => ({ storedSize, place: range(storedSize) }) as SourceLayer);
  const progress = new ReadingProgress((counts) => emitted.push(counts), layers);
  const read = progress.track(() => Promise.resolve({} as LayerScan));
  void read(layers[1]!.place);
  await read(layers[2]!.place);
  const states = emitted.map((counts) => counts.layers?.map(({ state }) => state).join(" "));
  expect(states).toEqual(["known read unread", "known read read"]);
  expect(emitted[0]?.layers?.map(({ bytes }) => bytes)).toEqual([30, 20, 10]);
});
