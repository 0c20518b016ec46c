import { describe, expect, it } from "vitest";
import { MEASURES } from "#lib/display/measures.ts";
import {
  buildClosureAnswer,
  buildDiffAnswer,
  buildImageAnswer,
  buildOverlapAnswer,
  buildReport,
  buildSavingsAnswer,
} from "#testing/builders/answers.ts";
import { toReportFigures } from "./report-figures.ts";
import { toReportTables, toReportTitle } from "./report-tables.ts";
import { toReportCsv } from "./to-csv.ts";
import { toHtml } from "./to-html.ts";
import { toMarkdown } from "./to-markdown.ts";

const hostile = `<img src=x onerror=alert(1)>|\`=HYPERLINK("x")\u202e`;

describe("a report as one HTML file", () => {
  const html = toHtml(buildReport(buildDiffAnswer(hostile), `</title><script>alert(1)</script>`));

  it("makes no request, and its policy forbids any", () => {
    expect(html).toContain(`default-src 'none'`);
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|\bsrc=["']|@import|url\((?!#)/);
  });

  it("shows names from images as text", () => {
    expect(html).not.toContain("<img");
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).toContain("⟨U+202E⟩");
  });

  it("keeps exact values beside what is shown, to sort by", () => {
    expect(html).toContain(`data-v="2000">+2.0 KiB`);
  });

  it("breaks words only in paths", () => {
    expect(html.match(/[^}]*overflow-wrap:anywhere/g)).toEqual([expect.stringContaining("td.path{")]);
  });

  it("has every wide table in a box that scrolls, also by keyboard", () => {
    const boxes = html.match(/<div class="scroll" role="region" aria-label="[^"]+" tabindex="0"><table>/g);
    expect(boxes).toHaveLength(html.match(/<table>/g)!.length);
  });

  it("defines the numbers that it shows, and no others", () => {
    const terms = html.slice(html.indexOf("What the numbers mean"));
    expect(terms).toContain("<dt>Visible</dt>");
    expect(terms).toContain("<dt>Difference</dt>");
    expect(terms).not.toContain("<dt>Order penalty</dt>");
    expect(html).toContain(
      `<button type="button" title="${MEASURES.delta.definition.replace("'", "&#39;")}">Difference`,
    );
  });

  it("labels and defines each rung of a ladder", () => {
    const ladder = toHtml(buildReport(buildSavingsAnswer()));
    expect(ladder).toContain(`title="${MEASURES.chain.definition}" data-v="chain">chain`);
    expect(ladder).toContain("<dt>Shared by file</dt>");
  });

  it("lists its artifacts by digest", () => {
    expect(html).toMatch(/<li>old <span class="dim">image <code title="sha256:a{64}">a{12}<\/code>, 150 B/);
  });
});

describe("a report as Markdown", () => {
  it("escapes names", () => {
    const markdown = toMarkdown(buildReport(buildDiffAnswer(hostile)), "http://localhost/r/x");
    expect(markdown).toContain("\\<img src=x onerror=alert\\(1\\)\\>\\|\\`");
  });

  it("writes differences with their sign", () => {
    const markdown = toMarkdown(buildReport(buildDiffAnswer("x")), "http://localhost/r/x");
    expect(markdown).toContain("**Difference** +2.0 KiB");
    expect(markdown).toContain("| 1000 B | 2.9 KiB | \\+2.0 KiB |");
  });

  it("fits a pull-request comment however many rows there are, and counts the missing ones", () => {
    const markdown = toMarkdown(buildReport(buildDiffAnswer("x", 5000)), "http://localhost/r/x");
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain("and 4961 more rows.");
  });
});

describe("a report that keeps fewer rows than there were", () => {
  const answer = { ...buildClosureAnswer(), total: { nodes: 4980, edges: 1, bytes: 300 } };

  it("says exactly how many, in every format", () => {
    const report = buildReport(answer);
    expect(toReportCsv(report).trimEnd().split("\r\n").at(-1)).toBe("… 4978 more rows are not kept in this report");
    expect(toMarkdown(report, "")).toContain("… and 4978 more rows; 4978 of them are not kept in this report.");
    expect(toHtml(report)).toContain(`<p class="dim">… 4978 more rows are not kept in this report.</p>`);
  });

  it("says nothing of the kind if every row is present", () => {
    const report = buildReport(buildClosureAnswer());
    for (const text of [toReportCsv(report), toMarkdown(report, ""), toHtml(report)])
      expect(text).not.toContain("more row");
  });
});

describe("a report as CSV", () => {
  it("has bytes as whole numbers and starts no formula", () => {
    const csv = toReportCsv(buildReport(buildDiffAnswer("=1+1")));
    expect(csv.split("\r\n")[0]).toBe(
      "change,kind,name,left version,right version,left (bytes),right (bytes),difference (bytes)",
    );
    expect(csv).toContain("changed,deb,lib0,1,2,1000,3000,2000");
    expect(csv).toContain("added,npm,'=1+1,,2,0,5,5");
  });
});

describe("tables", () => {
  it("a ladder marks estimates, and compares each rung with chain and layer, as on its page", () => {
    const [rungs, penalised] = toReportTables(buildSavingsAnswer());
    expect(rungs?.rows.at(-1)).toEqual(["file", 40, 40 / 150 - 1, 40 / 80 - 1, 9, "estimated"]);
    expect(penalised?.rows[0]?.at(-1)).toBe("one at 0, two at 0");
    const html = toHtml(buildReport(buildSavingsAnswer()));
    expect(html).toContain(">−73.3%<");
    expect(html).toContain(">+87.5%<");
  });

  it("an image's report has its layers and its waste", () => {
    const tables = toReportTables(buildImageAnswer());
    expect(tables.map(({ title }) => title)).toEqual([
      "All components, by retained size",
      "Layers, newest first",
      "Wasted",
    ]);
    expect(tables[1]!.rows.map((row) => row.slice(0, 5))).toEqual([
      [1, "", 50, 0, 20],
      [0, "", 100, 0, 40],
    ]);
    expect(tables[2]!.rows).toEqual([["/var/cache/old", 30, 0, 1]]);
  });

  it("a report made before images' figures were stored still has its tables", () => {
    const { image, ...before } = buildImageAnswer();
    expect(image).toBeDefined();
    expect(toReportTables(before).map(({ rows }) => rows.length)).toEqual([1, 2]);
  });

  it("has a title from its question", () => {
    expect(toReportTitle(buildDiffAnswer("x"))).toBe("old → new");
    expect(toReportTitle(buildSavingsAnswer())).toBe("What sharing saves for one, two");
  });
});

describe("the figures of a report", () => {
  const said = (answer: Parameters<typeof toReportFigures>[0]) =>
    toReportFigures(answer).map((figure) => `${figure.label}: ${figure.text}`);

  it("have the names of the pages, depending on the kind of artifact", () => {
    expect(said(buildImageAnswer())).toEqual(["Visible: 120 B", "In layers: 150 B", "Wasted: 30 B", "Download: 60 B"]);
    expect(said(buildClosureAnswer())).toEqual(["Closure: 300 B"]);
    expect(said(buildDiffAnswer("x"))).toEqual([
      "Visible, old: 150 B",
      "Visible, new: 2.1 KiB",
      "Difference: +2.0 KiB",
    ]);
    expect(said(buildOverlapAnswer(13))).toEqual(["Together: 100 B", "In all 13: 100 B", "In only one: 0 B"]);
  });

  it("mark estimates", () => {
    expect(said(buildSavingsAnswer())).toEqual([
      "Shared by chain: 150 B",
      "Shared by layer: 80 B",
      "Shared by file: ≈ 40 B",
    ]);
  });
});
