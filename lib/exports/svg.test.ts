import { describe, expect, it } from "vitest";
import {
  buildClosureAnswer,
  buildDiffAnswer,
  buildImageAnswer,
  buildOverlapAnswer,
  buildSavingsAnswer,
  buildThreeImages,
} from "#testing/builders/answers.ts";
import { toSvg } from "./svg.ts";

const size = { width: 1120, height: 240 };
const COLUMN = /<rect x="([\d.]+)"[^>]* width="100" fill=/g;

describe("the picture of an answer as SVG text", () => {
  it("is the one of three images: solid where two share a base, dashed where one layer is on another base", async () => {
    await expect(toSvg(buildThreeImages(), size)).toMatchFileSnapshot("goldens/three-images.svg");
  });

  it("joins the same layer on another base with an outlined band", () => {
    const picture = toSvg(buildSavingsAnswer(), size);
    expect(picture.match(COLUMN)).toHaveLength(3);
    expect(picture.match(/<path[^>]*stroke-dasharray/g)).toHaveLength(1);
  });

  it.each([1, 13, 32])("has all of %i columns inside its width", (count) => {
    const picture = toSvg(buildOverlapAnswer(count), size);
    const width = Number(/viewBox="0 0 ([\d.]+)/.exec(picture)![1]);
    const columns = [...picture.matchAll(COLUMN)].map(([, x]) => Number(x));
    expect(columns).toEqual(Array.from({ length: count }, (_, i) => (width * (i + 0.5)) / count - 50));
  });

  it("has no text, which a renderer without fonts would draw in any font", () => {
    expect(toSvg(buildOverlapAnswer(3), size)).not.toContain("<text");
  });

  it("describes its content for screen readers, names as text", () => {
    const answer = buildDiffAnswer("x");
    const hostile = { ...answer, artifacts: [{ ...answer.artifacts[0], name: '"><b>' }, answer.artifacts[1]] as const };
    expect(toSvg(hostile, size)).toContain("Visible, &quot;&gt;&lt;b&gt;: 150 bytes");
  });

  it("colours a layer of other images, and hatches what no container sees", () => {
    const answer = buildImageAnswer();
    const [artifact] = answer.artifacts;
    const layers = artifact.layers.map((layer, i) => ({ ...layer, wastedSize: i === 0 ? 30 : 0 }));
    const picture = toSvg({ ...answer, artifacts: [{ ...artifact, layers }] }, size);
    expect(picture).toContain('fill="var(--rock-0)"');
    expect(picture).toContain('fill="var(--rock-unique-alternate)"');
    expect(picture.match(/fill="url\(#hatch\)"/g)).toHaveLength(1);
  });

  it("divides a closure by its items' self sizes, to the byte", () => {
    const heights = [...toSvg(buildClosureAnswer(), size).matchAll(/height="([\d.]+)" width="100"/g)];
    expect(heights.map(([, height]) => Number(height))).toEqual([200, 100]);
  });
});
