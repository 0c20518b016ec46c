import { expect, it } from "vitest";
import { formatProgress } from "./show-progress.ts";

const MIB = 1024 ** 2;

it("shows how many layers and bytes are read, of those that were asked for", () => {
  const event = {
    type: "reading",
    name: "web",
    layersRead: 1,
    layerCount: 2,
    readBytes: 2 * MIB,
    totalBytes: 4 * MIB,
  } as const;
  expect(formatProgress(event)).toBe("web: 1 of 2 layers, 2.0 MiB of 4.0 MiB");
});

it("shows only the bytes of what comes through a pipe", () => {
  const event = {
    type: "reading",
    name: "stdin",
    layersRead: 0,
    layerCount: 0,
    readBytes: 5 * MIB,
    totalBytes: 0,
  } as const;
  expect(formatProgress(event)).toBe("stdin: 5.0 MiB read");
});
