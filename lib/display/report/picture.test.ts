import { describe, expect, it } from "vitest";
import {
  buildClosureAnswer,
  buildDiffAnswer,
  buildImageAnswer,
  buildOverlapAnswer,
  buildSavingsAnswer,
} from "#testing/builders/answers.ts";
import { toPicture } from "./picture.ts";

const shape = { width: 1120, height: 240 };

describe("the picture of an answer", () => {
  it("joins the same layer on another base with an outlined band", () => {
    const picture = toPicture(buildSavingsAnswer(), shape);
    expect(picture.match(/<rect x=/g)).toHaveLength(3);
    expect(picture.match(/<polygon[^>]*stroke-dasharray/g)).toHaveLength(1);
  });

  it.each([1, 13, 32])("has all of %i columns inside its width", (count) => {
    const picture = toPicture(buildOverlapAnswer(count), shape);
    const boxes = [...picture.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
    expect(boxes).toHaveLength(count);
    for (const [, x, width] of boxes) expect(Number(x) + Number(width)).toBeLessThanOrEqual(shape.width);
  });

  it("holds no words, which a renderer without fonts draws in whatever it has", () => {
    expect(toPicture(buildOverlapAnswer(3), shape)).not.toContain("<text");
  });

  it("says what it shows to those who do not see it, names as text", () => {
    const answer = buildDiffAnswer("x");
    const hostile = { ...answer, artifacts: [{ ...answer.artifacts[0], name: '"><b>' }, answer.artifacts[1]] as const };
    expect(toPicture(hostile, shape)).toContain("Visible, &quot;&gt;&lt;b&gt;: 150 bytes");
  });

  it("colours a layer that other images had, and hatches what nobody sees", () => {
    const answer = buildImageAnswer();
    const [artifact] = answer.artifacts;
    const layers = artifact.layers.map((layer, i) => ({ ...layer, wastedSize: i === 0 ? 30 : 0 }));
    const picture = toPicture({ ...answer, artifacts: [{ ...artifact, layers }] }, shape);
    expect(picture).toContain('fill="var(--rock-0)"');
    expect(picture).toContain('fill="var(--rock-unique-alternate)"');
    expect(picture.match(/url\(#waste\)/g)).toHaveLength(1);
  });

  it("divides a closure by what its items have of their own, to the byte", () => {
    const heights = [...toPicture(buildClosureAnswer(), shape).matchAll(/<rect x=[^>]*height="([\d.]+)"/g)];
    expect(heights.map(([, height]) => Number(height))).toEqual([160, 80]);
  });
});
