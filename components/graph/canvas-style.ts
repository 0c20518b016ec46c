import type { StylesheetJson } from "cytoscape";
import { KIND_LABELS } from "#lib/display/colours.ts";
import type { Side } from "#lib/display/sides.ts";

/** The colours of the current theme as `rgb()`: the canvas reads neither custom properties nor oklch(). */
export function readColours() {
  const styles = getComputedStyle(document.documentElement);
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (name: string) => toRgb(brush, styles.getPropertyValue(name).trim());
  return {
    ink: read("--ink"),
    dim: read("--ink-dim"),
    ground: read("--ground"),
    raised: read("--raised"),
    line: read("--line-strong"),
    accent: read("--accent"),
    kinds: Object.fromEntries(Object.keys(KIND_LABELS).map((kind) => [kind, read(`--kind-${kind}`)])),
    sides: {
      left: read("--side-left"),
      right: read("--side-right"),
      both: read("--side-both"),
      changed: read("--side-changed"),
    },
  };
}

type CanvasColours = ReturnType<typeof readColours>;

// One pixel is painted and read back: the browser itself converts any CSS colour to sRGB.
function toRgb(brush: CanvasRenderingContext2D | null, colour: string): string {
  if (brush === null) return colour;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  return `rgb(${red},${green},${blue})`;
}

/** The look of boxes and lines. A box is filled from the left by its retained size, on a square-root scale. */
export function canvasStyle(colours: CanvasColours): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        "corner-radius": "3",
        width: "data(width)",
        height: "data(height)",
        "background-fill": "linear-gradient",
        "background-gradient-direction": "to-right",
        "background-gradient-stop-positions": "data(stops)" as never,
        "background-gradient-stop-colors": ((element: { data: (name: string) => string }) => {
          const fill = colours.kinds[element.data("kind")] ?? colours.dim;
          return `${fill} ${fill} ${colours.raised} ${colours.raised}`;
        }) as never,
        "border-width": 1,
        "border-color": colours.line,
        label: "data(label)",
        color: colours.ink,
        "font-family": "Geist, GeistSans, system-ui, sans-serif",
        "font-size": "data(fontSize)" as never,
        "text-valign": "center",
        "text-halign": "center",
        "text-wrap": "ellipsis",
        "text-max-width": "164px",
        "text-outline-width": 2,
        "text-outline-color": colours.raised,
        "text-outline-opacity": 0.8,
        "min-zoomed-font-size": 6,
      },
    },
    {
      selector: "node[type = 'group']",
      style: {
        "background-fill": "solid",
        "background-color": colours.ground,
        "border-style": "dashed",
        "border-width": 1.5,
        color: colours.dim,
        "text-outline-width": 0,
      },
    },
    { selector: "node[?root]", style: { "border-width": 2, "border-color": colours.ink } },
    {
      selector: "edge",
      style: {
        width: 1,
        "curve-style": "straight",
        "line-color": colours.line,
        "target-arrow-color": colours.line,
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.6,
        opacity: 0.35,
        "source-endpoint": "90deg",
        "target-endpoint": "270deg",
      },
    },
    { selector: "edge[known = 'declared']", style: { "line-style": "dashed", "line-dash-pattern": [6, 4] } },
    { selector: "edge[known = 'inferred']", style: { "line-style": "dotted" } },
    { selector: "edge[known = 'holds']", style: { "target-arrow-shape": "none", width: 3, opacity: 0.18 } },
    ...sideStyle(colours),
    { selector: ".faded", style: { opacity: 0.3 } },
    { selector: "edge.faded", style: { opacity: 0.05 } },
    {
      selector: "edge.near",
      style: { opacity: 0.95, width: 1.6, "line-color": colours.accent, "target-arrow-color": colours.accent },
    },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": colours.accent } },
    { selector: "node.pointed", style: { "border-color": colours.accent } },
  ];
}

const ONE_SIDED = { left: [6, 4], right: [2, 3] } as const;

/** A drawing of two artifacts: colour, sign and dash show which of them has a box or line. */
function sideStyle({ sides, ink, raised }: CanvasColours): StylesheetJson {
  const boxes = (Object.keys(sides) as Side[]).map((side) => ({
    selector: `node[type = 'node'][side = '${side}']`,
    style: {
      "background-gradient-stop-colors": `${sides[side]} ${sides[side]} ${raised} ${raised}` as never,
      "border-color": sides[side],
      "border-width": side === "both" ? 1 : 1.5,
    },
  }));
  const lines = (["left", "right"] as const).map((side) => ({
    selector: `edge[side = '${side}']`,
    style: {
      "line-color": sides[side],
      "target-arrow-color": sides[side],
      "line-style": "dashed" as const,
      "line-dash-pattern": [...ONE_SIDED[side]],
      width: 1.6,
      opacity: 0.8,
    },
  }));
  return [...boxes, { selector: "node[side][?root]", style: { "border-color": ink } }, ...lines];
}
