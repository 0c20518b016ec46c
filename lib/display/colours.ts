import type { ComponentKind } from "#lib/model/component.ts";

/** Display names, in the order of legends. */
export const KIND_LABELS: Readonly<Record<ComponentKind, string>> = {
  store: "store item",
  deb: "deb",
  apk: "apk",
  rpm: "rpm",
  alpm: "pacman",
  npm: "npm",
  pypi: "PyPI",
  conda: "conda",
  golang: "Go",
  cargo: "Rust",
  gem: "gem",
  composer: "Composer",
  maven: "Maven",
  nuget: "NuGet",
  other: "other",
  binary: "executable",
  manager: "package manager",
  unowned: "unowned",
};

/** All kinds, in that order. */
export const KINDS = Object.keys(KIND_LABELS) as readonly ComponentKind[];

/** The CSS custom property with a kind's colour in the page's theme. */
export function kindColour(kind: ComponentKind): string {
  return `var(--kind-${kind})`;
}

/** The colour that a kind has on a map: of a cell, or of a frame's own part. */
export function mapKindColour(kind: ComponentKind, part: "fill" | "own"): string {
  return `color-mix(in srgb, ${kindColour(kind)} calc(100% * var(--kind-${part}-share)), var(--ground))`;
}

/** Number of rock colours in `app/globals.css` (`--rock-0` …). */
export const ROCK_COUNT = 8;

/** The rock colour of a name, the same everywhere: glibc has one colour in all closures. */
export function nameColour(name: string): string {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return `var(--rock-${hash % ROCK_COUNT})`;
}

/** A rock colour and two shades of it: three times as many layers can be distinguished. */
const SHADES = ["", "var(--ink) 13%", "var(--ink) 26%"] as const;
export const SHADE_COUNT = SHADES.length;

/**
 * The rock colour of a layer, the same everywhere, so that equal strata are recognisable. Two layers may
 * have the same colour (there are 24), so a picture never relies on the colour alone. `diffId`: 64 hex digits, bare or
 * as `sha256:…`.
 */
export function layerColour(diffId: string): string {
  const hex = diffId.slice(diffId.indexOf(":") + 1);
  const hash = Number.parseInt(hex.slice(0, 6), 16);
  return rockShade(hash);
}

/** The colour of a number: the rocks, then their shades, then the same again. */
export function rockShade(index: number): string {
  const rock = `var(--rock-${index % ROCK_COUNT})`;
  const shade = SHADES[Math.floor(index / ROCK_COUNT) % SHADES.length]!;
  return shade === "" ? rock : `color-mix(in oklab, ${rock}, ${shade})`;
}

/** A layer of only one image: alternately light and dark grey, so that neighbours are distinguishable. */
export function uniqueLayerColour(position: number): string {
  return position % 2 === 0 ? "var(--rock-unique)" : "var(--rock-unique-alternate)";
}
