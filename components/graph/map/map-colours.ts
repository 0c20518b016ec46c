import { KINDS } from "#lib/display/colours.ts";
import { CHANGED_SIDES } from "#lib/display/sides.ts";
import type { MapClass } from "#lib/pictures/map/map-classes.ts";
import { STRATUM_COLOURS } from "#lib/pictures/map/map-section.ts";

/** The colours of nodes of one stratum or of one class, lit or not. */
export interface CellColours {
  readonly fill: string;
  /** A frame's own part, by opacity: the last is the strongest. */
  readonly own: readonly string[];
  readonly text: string;
  readonly unlit: string;
  readonly unlitOwn: string;
}

export interface MapColours {
  readonly ground: string;
  readonly ink: string;
  readonly accent: string;
  /** By `colour` of a stratum, from 1. */
  readonly strata: readonly CellColours[];
  readonly classes: ReadonlyMap<MapClass, CellColours>;
  readonly font: string;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** Steps of the opacity of a frame's own part: a thin one is faint, so that the whole map is calm. */
export const OWN_STEPS = 8;
const MIN_OWN = 0.3;
const UNLIT = 0.26;

/** The colours of the current theme. Mixed here, because a canvas blends every translucent rectangle again. */
export function readMapColours(): MapColours {
  const styles = getComputedStyle(document.documentElement);
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (name: string) => readRgb(brush, styles.getPropertyValue(name).trim());
  const ground = read("--ground");
  const strata = Array.from({ length: STRATUM_COLOURS + 1 }, (_, i) =>
    cellColours({
      fill: read(`--stratum-${i}`),
      own: read(`--stratum-own-${i}`),
      text: read(`--on-stratum-${i}`),
      ground,
    }),
  );
  const classColours = (colour: string, set: string): CellColours => {
    const shareOf = (part: "fill" | "own") => Number(styles.getPropertyValue(`--${set}-${part}-share`));
    const toPart = (part: "fill" | "own") => mix(read(colour), ground, shareOf(part));
    return cellColours({ fill: toPart("fill"), own: toPart("own"), text: read(`--on-map-${set}`), ground });
  };
  const classes = new Map<MapClass, CellColours>([
    ...KINDS.map((kind) => [kind, classColours(`--kind-${kind}`, "kind")] as const),
    ...CHANGED_SIDES.map((side) => [side, classColours(`--side-${side}`, "side")] as const),
    ["both", classColours("--side-both", "same")],
  ]);
  const font = getComputedStyle(document.body).fontFamily;
  return {
    ground: toText(ground),
    ink: toText(read("--ink")),
    accent: toText(read("--accent")),
    strata,
    classes,
    font,
  };
}

type Mixed = Readonly<Record<"fill" | "own" | "text" | "ground", Rgb>>;

function cellColours({ fill, own, text, ground }: Mixed): CellColours {
  const opacities = Array.from({ length: OWN_STEPS }, (_step, n) => MIN_OWN + ((1 - MIN_OWN) * n) / (OWN_STEPS - 1));
  return {
    fill: toText(fill),
    own: opacities.map((opacity) => toText(mix(own, fill, opacity))),
    text: toText(text),
    unlit: toText(mix(fill, ground, UNLIT)),
    unlitOwn: toText(mix(own, ground, UNLIT)),
  };
}

// One pixel is painted and read back: the browser itself converts any CSS colour to sRGB.
function readRgb(brush: CanvasRenderingContext2D | null, colour: string): Rgb {
  if (brush === null || colour === "") return [0, 0, 0];
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function mix(colour: Rgb, ground: Rgb, opacity: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(colour[i] * opacity + ground[i] * (1 - opacity));
  return [part(0), part(1), part(2)];
}

function toText([red, green, blue]: Rgb): string {
  return `rgb(${red},${green},${blue})`;
}
