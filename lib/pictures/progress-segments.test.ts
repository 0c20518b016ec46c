import { expect, it } from "vitest";
import type { LayerProgress, ScanProgress } from "#lib/model/scan-progress.ts";
import { progressSegments } from "./progress-segments.ts";

const layers = (...states: LayerProgress["state"][]) => states.map((state, i) => ({ bytes: 10 * (i + 1), state }));
const reading = (counts: Partial<ScanProgress>): ScanProgress => ({ phase: "reading", source: "s", ...counts });
const fills = (progress: ScanProgress) => progressSegments(progress).map(({ filled }) => filled);

it("fills known and read layers, and what is left of the bytes into the others, the largest first", () => {
  const progress = reading({ layers: layers("known", "read", "unread", "unread"), bytesRead: 20 + 50, totalBytes: 90 });
  expect(fills(progress)).toEqual([1, 1, 1 / 3, 1]);
  expect(progressSegments(progress).map(({ isKnown }) => isKnown)).toEqual([true, false, false, false]);
});

it("never overfills, and never goes below empty", () => {
  expect(fills(reading({ layers: layers("unread"), bytesRead: 99 }))).toEqual([1]);
  expect(fills(reading({ layers: layers("read", "unread"), bytesRead: 5 }))).toEqual([1, 0]);
});

it("is one segment without layers, and full once everything is read", () => {
  expect(fills(reading({ bytesRead: 5, totalBytes: 20 }))).toEqual([0.25]);
  expect(fills(reading({ bytesRead: 5 }))).toEqual([0]);
  expect(fills({ phase: "measuring", source: "s" })).toEqual([1]);
});
