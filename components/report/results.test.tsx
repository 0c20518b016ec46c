import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DiffResult } from "#components/diff/diff-result.tsx";
import { OverlapResult } from "#components/overlap/overlap-result.tsx";
import { SavingsResult } from "#components/savings/savings-result.tsx";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { buildDiffAnswer, buildFileChange, buildLabel, buildSavingsAnswer } from "#testing/builders/answers.ts";

const overlap: OverlapAnswer = {
  question: "overlap",
  rung: "file",
  artifacts: [buildLabel("one", "a", [70, 30]), buildLabel("two", "b", [70])],
  cells: [
    { in: [0, 1], bytes: 70, units: 2 },
    { in: [0], bytes: 30, units: 1 },
  ],
  matrix: [
    [
      { bytes: 100, jaccard: 1 },
      { bytes: 70, jaccard: 0.7 },
    ],
    [
      { bytes: 70, jaccard: 0.7 },
      { bytes: 70, jaccard: 1 },
    ],
  ],
  union: { bytes: 100, units: 3 },
  estimated: false,
  alignable: [],
  alignableTotal: { names: 0, savedBytes: 0 },
  likeness: [],
};

describe("an answer alone, without URL, router or database", () => {
  it("shows a difference, and no name as markup", () => {
    const html = renderToStaticMarkup(<DiffResult answer={buildDiffAnswer("<img src=x onerror=alert(1)>")} />);
    expect(html).toContain("lib0");
    expect(html).not.toContain("<img");
    expect(html).not.toContain('href="/artifacts');
  });

  it("joins an image to a closure by their files, and says how files were matched", () => {
    const [image, other] = buildDiffAnswer("x").artifacts;
    const closure = { ...other, kind: "closure" as const, layers: [] };
    const known = {
      ...buildDiffAnswer("x"),
      artifacts: [image, closure] as const,
      layers: [],
      likeness: [{ left: 0, right: 1, bands: [{ from: 1, to: 0, bytes: 40 }] }],
      files: {
        by: "content" as const,
        counts: { added: 1, removed: 0, content: 0, metadata: 0 },
        changes: [buildFileChange("added", "/nix/store/x/manifest", [null, 9])],
      },
    };
    const html = renderToStaticMarkup(<DiffResult answer={known} />);
    expect(html).toContain("File by file, 40 B are the same.");
    expect(html).toContain("whatever their names");
    expect(html).toContain("/nix/store/x/manifest");
    expect(html).toContain("Store items, ");
    const unread = renderToStaticMarkup(<DiffResult answer={{ ...known, likeness: [], files: null }} />);
    expect(unread).toContain("--files");
    expect(unread).not.toContain("File by file");
  });

  it("shows an overlap with every intersection", () => {
    const html = renderToStaticMarkup(<OverlapResult answer={overlap} />);
    expect(html).toContain("only one");
    expect(html.match(/<circle[^>]*r="5"/g)).toHaveLength(3);
  });

  it("shows the ladder, and marks what is estimated", () => {
    const html = renderToStaticMarkup(<SavingsResult answer={buildSavingsAnswer()} />);
    expect(html).toContain("estimated");
    expect(html).toContain("url(#hatch-light)");
  });
});
