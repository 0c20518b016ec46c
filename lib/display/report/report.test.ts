import { describe, expect, it } from "vitest";
import { buildDiffAnswer, buildReport, buildSavingsAnswer } from "#lib/testing/answers.ts";
import { toPicture } from "./picture.ts";
import { toReportTables, toReportTitle } from "./report-tables.ts";
import { toReportCsv } from "./to-csv.ts";
import { toHtml } from "./to-html.ts";
import { toMarkdown } from "./to-markdown.ts";

const hostile = `<img src=x onerror=alert(1)>|\`=HYPERLINK("x")\u202e`;

describe("a report as one HTML file", () => {
  const html = toHtml(buildReport(buildDiffAnswer(hostile), `</title><script>alert(1)</script>`));

  it("asks for nothing from outside, and forbids itself to", () => {
    expect(html).toContain(`default-src 'none'`);
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|\bsrc=["']|@import|url\(/);
  });

  it("shows names from images as text", () => {
    expect(html).not.toContain("<img");
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).toContain("⟨U+202E⟩");
  });

  it("keeps exact values beside what is shown, to sort by", () => {
    expect(html).toContain(`data-v="2000">2.0 KiB`);
  });
});

describe("a report as Markdown", () => {
  it("takes names literally", () => {
    const markdown = toMarkdown(buildReport(buildDiffAnswer(hostile)), "http://localhost/r/x");
    expect(markdown).toContain("\\<img src=x onerror=alert\\(1\\)\\>\\|\\`");
  });

  it("fits a pull-request comment however many rows there are, and counts what it cuts", () => {
    const markdown = toMarkdown(buildReport(buildDiffAnswer("x", 5000)), "http://localhost/r/x");
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain("and 4961 more rows");
  });
});

describe("a report as CSV", () => {
  it("has bytes as whole numbers and starts no formula", () => {
    const csv = toReportCsv(buildReport(buildDiffAnswer("=1+1")));
    expect(csv.split("\r\n")[0]).toBe(
      "change,kind,name,left version,right version,left (bytes),right (bytes),difference (bytes)",
    );
    expect(csv).toContain("changed,deb,lib0,1,2,1000,3000,2000");
    expect(csv).toContain("added,npm,'=1+1,,1,0,5,5");
  });
});

describe("tables and picture", () => {
  it("a ladder says what is estimated, and what each rung saves", () => {
    const [rungs, penalised] = toReportTables(buildSavingsAnswer());
    expect(rungs?.rows.at(-1)).toEqual(["file", 40, 9, 1 - 40 / 150, 1 - 40 / 80, "estimated"]);
    expect(penalised?.rows[0]?.at(-1)).toBe("one (layer 0), two (layer 0)");
  });

  it("joins the same layer on another base with an outlined band", () => {
    const picture = toPicture(buildSavingsAnswer());
    expect(picture.match(/<rect/g)).toHaveLength(3);
    expect(picture.match(/<polygon[^>]*stroke-dasharray/g)).toHaveLength(1);
  });

  it("is called after what was asked", () => {
    expect(toReportTitle(buildDiffAnswer("x"))).toBe("old → new");
    expect(toReportTitle(buildSavingsAnswer())).toBe("What sharing saves for one, two");
  });
});
