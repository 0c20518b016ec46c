import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ChoiceRow } from "#components/set/choice-list.tsx";

const AXIS = { end: 100, marks: [50, 100] };

it.each([
  [100, false],
  [968, true],
])("a chooser's bar of %i bytes on an axis of 100 has the mark of a cut: %s", (bytes, isCut) => {
  const choice = {
    text: "abc",
    name: "a",
    otherNames: [],
    kind: "closure",
    digest: "sha256:abc",
    manifestOnly: false,
    bytes,
  } as const;
  const html = renderToStaticMarkup(<ChoiceRow choice={choice} axis={AXIS} />);
  expect(html).toContain("width:100%");
  expect(html.includes("bar-cut")).toBe(isCut);
});
