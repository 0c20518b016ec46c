import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { buildClosureAnswer, buildImageAnswer } from "#testing/builders/answers.ts";
import { ClosureResult } from "./closure-result.tsx";

describe("the report of one artifact", () => {
  it("shows an image's column, its sizes and its waste", () => {
    const html = renderToStaticMarkup(<ClosureResult answer={buildImageAnswer()} />);
    expect(html).toContain("The layers as strata");
    expect(html).toContain("var/cache/old");
    for (const anchor of ["rootfsSize", "layersContentSize", "wastedSize", "downloadSize", "retainedSize"])
      expect(html).toContain(`href="/docs#${anchor}"`);
  });

  it("shows a closure divided by what its items retain", () => {
    const html = renderToStaticMarkup(<ClosureResult answer={buildClosureAnswer()} />);
    expect(html).toContain("The closure divided by retained size");
    expect(html).toContain("inner 2: retains 200 B");
  });

  it("still shows a report made before pictures were stored", () => {
    const { image, ...before } = buildImageAnswer();
    expect(image).toBeDefined();
    const html = renderToStaticMarkup(<ClosureResult answer={before} />);
    expect(html).toContain("libc6");
    expect(html).not.toContain("The layers as strata");
  });

  it("links to no artifact, since it may outlive it", () => {
    for (const answer of [buildImageAnswer(), buildClosureAnswer()])
      expect(renderToStaticMarkup(<ClosureResult answer={answer} />)).not.toContain('href="/artifacts');
  });
});
