import type { Palette } from "./palette.ts";

/** A colour in OKLab with its opacity (https://bottosson.github.io/posts/oklab/, CSS Color 4). */
interface Oklab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
  readonly alpha: number;
}

const VARIABLE = /^var\(--([a-z0-9-]+)\)$/;
const MIX = /^color-mix\(in oklab, ([^,]+), ([^,]+) (\d+)%\)$/;
const OKLCH = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/;

/**
 * A colour as the pages write it (lib/display/colours.ts, app/globals.css) as `#rrggbbaa`, for a renderer that knows no custom
 * properties and no OKLCH. Throws a RangeError for any other form: colours are ours, not an image's.
 */
export function resolveColour(css: string, palette: Palette): string {
  const mix = MIX.exec(css);
  if (mix === null) return toHex(lookUp(css, palette));
  const [first, second] = [lookUp(mix[1]!, palette), lookUp(mix[2]!, palette)];
  const share = Number(mix[3]) / 100;
  const blend = (part: keyof Oklab) => first[part] * (1 - share) + second[part] * share;
  return toHex({ l: blend("l"), a: blend("a"), b: blend("b"), alpha: blend("alpha") });
}

function lookUp(css: string, palette: Palette): Oklab {
  const name = VARIABLE.exec(css)?.[1];
  const text = name === undefined ? css : palette[name];
  const oklch = text === undefined ? null : OKLCH.exec(text);
  if (oklch === null) throw new RangeError(`not a colour of the pages: ${css}`);
  const [lightness, chroma, degrees] = [Number(oklch[1]), Number(oklch[2]), Number(oklch[3])];
  const hue = (degrees * Math.PI) / 180;
  const alpha = oklch[4] === undefined ? 1 : Number(oklch[4]);
  return { l: lightness, a: chroma * Math.cos(hue), b: chroma * Math.sin(hue), alpha };
}

/** Ottosson's matrices; what lies outside sRGB is clamped, as screens do. */
function toHex({ l, a, b, alpha }: Oklab): string {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
  const channels = [...linear.map(toGamma), alpha];
  return `#${channels.map((channel) => toByte(channel)).join("")}`;
}

/** The transfer function of sRGB (IEC 61966-2-1). */
function toGamma(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function toByte(channel: number): string {
  const clamped = Math.min(1, Math.max(0, channel));
  return Math.round(clamped * 255)
    .toString(16)
    .padStart(2, "0");
}
