import { readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { OverlapResult } from "#components/overlap/overlap-result.tsx";
import { toHtml } from "#lib/exports/to-html.ts";
import { buildReport, buildThreeImages } from "#testing/builders/answers.ts";
import { LinkPicture } from "./link-picture.tsx";

const answer = buildThreeImages();
const golden = readFileSync("lib/exports/goldens/three-images.svg", "utf8");

/** The bands of a picture: outline, and whether it is dashed. */
function bandsOf(markup: string): string[] {
  const paths = [...markup.matchAll(/<path [^>]*?d="(M[^"]*Z)"[^>]*>/g)];
  return paths.map(([path, outline]) => `${outline} ${path.includes("stroke-dasharray")}`);
}

function linkedSvg(): string {
  const markup = renderToStaticMarkup(<LinkPicture report={buildReport(answer)} />);
  return Buffer.from(/data:image\/svg\+xml;base64,([^"]+)/.exec(markup)![1]!, "base64").toString();
}

describe("one answer has one picture", () => {
  const bands = bandsOf(golden);

  it("with four bands between three images that share a layer", () => {
    expect(bands).toHaveLength(4);
  });

  it.each([
    ["on its page", () => renderToStaticMarkup(<OverlapResult answer={answer} />)],
    ["in an exported file", () => toHtml(buildReport(answer))],
    ["in a link preview", linkedSvg],
  ])("%s", (_, draw) => {
    expect(bandsOf(draw())).toEqual(bands);
  });
});
