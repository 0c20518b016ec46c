import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SharingFigures } from "./sharing-figures.tsx";

it("fills the bar as far as the figure above it says", () => {
  const sharing = {
    imageCount: 2,
    closureCount: 0,
    layerReferenceCount: 4,
    layerCount: 3,
    unshared: 1000,
    layer: 783,
  };
  const html = renderToStaticMarkup(<SharingFigures sharing={sharing} />);
  expect(html).toContain("21.7%");
  expect(html).toContain('style="width:21.7%"');
});
