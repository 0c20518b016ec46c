import { expect, it } from "vitest";
import type { ScanProgress } from "#lib/model/scan-progress.ts";
import { formatProgress } from "./show-progress.ts";

const MIB = 1024 ** 2;
const line = (progress: ScanProgress) => formatProgress(progress);
const store = "nix-store:/mnt";

it("shows the layers and bytes read, out of all to read", () => {
  const image = { name: "web", index: 1, count: 3 };
  const counts = { layersRead: 1, layerCount: 2, bytesRead: 2 * MIB, totalBytes: 4 * MIB };
  expect(line({ phase: "reading", source: "oci:layout", image, ...counts })).toBe(
    "web (image 2 of 3): reading 1 of 2 layers, 2.0 MiB of 4.0 MiB",
  );
});

it("shows only bytes for a pipe", () => {
  const counts = { layersRead: 0, layerCount: 0, bytesRead: 5 * MIB, totalBytes: 0 };
  expect(line({ phase: "reading", source: "docker-archive:-", ...counts })).toBe("docker-archive:-: reading 5.0 MiB");
});

it.each([
  [{ phase: "opening" }, "opening"],
  [{ phase: "reading", itemCount: 12, bytesRead: 0, totalBytes: MIB }, "reading 12 items"],
  [{ phase: "measuring", nodeCount: 13_000 }, "measuring 13,000 nodes"],
  [{ phase: "writing" }, "writing"],
] as const)("shows the phase and what it counts: %j", (event, shown) => {
  expect(line({ source: store, ...event })).toBe(`${store}: ${shown}`);
});
