import {
  converter,
  formatHex8,
  interpolate,
  modeOklab,
  modeOklch,
  modeRgb,
  parse,
  useMode as registerMode,
} from "culori/fn";
import type { Palette } from "./palette.ts";

registerMode(modeRgb);
registerMode(modeOklab);
registerMode(modeOklch);
const toRgb = converter("rgb");

const VARIABLE = /^var\(--([a-z0-9-]+)\)$/;
const MIX = /^color-mix\(in oklab, ([^,]+), ([^,]+) (\d+)%\)$/;

/**
 * A colour in the pages' notation (lib/display/colours.ts, app/globals.css) as `#rrggbbaa`, for a renderer without custom
 * properties and OKLCH. Throws a RangeError for any other notation: colours are ours, not an image's.
 */
export function resolveColour(css: string, palette: Palette): string {
  const mix = MIX.exec(css);
  if (mix === null) return formatHex8(toRgb(lookUp(css, palette)));
  const blend = interpolate([lookUp(mix[1]!, palette), lookUp(mix[2]!, palette)], "oklab");
  return formatHex8(toRgb(blend(Number(mix[3]) / 100)));
}

function lookUp(css: string, palette: Palette) {
  const name = VARIABLE.exec(css)?.[1];
  const text = name === undefined ? css : palette[name];
  const colour = text === undefined ? undefined : parse(text);
  if (colour?.mode !== "oklch") throw new RangeError(`not a colour of the pages: ${css}`);
  return colour;
}
