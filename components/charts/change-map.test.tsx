import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ChangeKind } from "#lib/model/answer.ts";
import { buildChange } from "#testing/builders/answers.ts";
import { ChangeMap } from "./change-map.tsx";

const row = (name: string, change: ChangeKind, left: number, right: number) => buildChange(change, name, [left, right]);
const same = [row("quiet", "same", 9000, 9000), row("still", "same", 1000, 1000)];

it("maps the changes and sums up the unchanged in a line", () => {
  const html = renderToStaticMarkup(<ChangeMap rows={[...same, row("louder", "changed", 10, 2058)]} />);
  expect(html).toContain("2 same, 9.8 KiB, not in the map");
  expect(html).toContain("louder");
  expect(html).toContain("+2.0 KiB");
  expect(html).not.toContain("quiet");
  expect(html).toContain("the larger side");
});

it("maps unchanged components if there are no others, and none without bytes", () => {
  expect(renderToStaticMarkup(<ChangeMap rows={same} />)).toContain("quiet");
  expect(renderToStaticMarkup(<ChangeMap rows={[row("empty", "same", 0, 0)]} />)).toBe("");
});
