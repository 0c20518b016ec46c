import type { ComponentKind } from "#lib/model/component.ts";

/** Names for people, in the order of legends. */
export const KIND_LABELS: Readonly<Record<ComponentKind, string>> = {
  store: "store item",
  deb: "deb",
  apk: "apk",
  rpm: "rpm",
  npm: "npm",
  pypi: "PyPI",
  golang: "Go",
  gem: "gem",
  maven: "Maven",
  unowned: "unowned",
};

/** The CSS custom property that holds a kind's colour in the theme of the page. */
export function kindColour(kind: ComponentKind): string {
  return `var(--kind-${kind})`;
}

/** How many rock colours `app/globals.css` defines (`--rock-0` …). */
export const ROCK_COUNT = 8;

/** The rock colour of a name, the same wherever the name turns up: glibc looks the same in two closures. */
export function nameColour(name: string): string {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return `var(--rock-${hash % ROCK_COUNT})`;
}

/** A rock colour as it is, and two shades of it: three times as many layers can be told apart. */
const SHADES = ["", "var(--ink) 13%", "var(--ink) 26%"] as const;

/**
 * The rock colour of a layer, the same wherever the layer turns up, so that equal strata are seen to be equal. Two layers may
 * get one colour (there are 24), which is why a picture never relies on the colour alone. `diffId`: 64 hex digits, bare or
 * as `sha256:…`.
 */
export function layerColour(diffId: string): string {
  const hex = diffId.slice(diffId.indexOf(":") + 1);
  const hash = Number.parseInt(hex.slice(0, 6), 16);
  const rock = `var(--rock-${hash % ROCK_COUNT})`;
  const shade = SHADES[Math.floor(hash / ROCK_COUNT) % SHADES.length]!;
  return shade === "" ? rock : `color-mix(in oklab, ${rock}, ${shade})`;
}

/** A layer that no other image has: grey, light and dark in turn so that neighbours can be told apart. */
export function uniqueLayerColour(position: number): string {
  return position % 2 === 0 ? "var(--rock-unique)" : "var(--rock-unique-alternate)";
}
