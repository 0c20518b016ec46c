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

/**
 * The rock colour of a layer, the same wherever the layer turns up, so that equal strata are seen to be equal. Collisions
 * are possible (eight colours), which is why a picture never relies on the colour alone. `diffId`: 64 hex digits.
 */
export function rockColour(diffId: string): string {
  const hex = diffId.slice(diffId.indexOf(":") + 1);
  return `var(--rock-${Number.parseInt(hex.slice(0, 6), 16) % ROCK_COUNT})`;
}

/** A layer that no other image has: grey, light and dark in turn so that neighbours can be told apart. */
export function uniqueLayerColour(position: number): string {
  return position % 2 === 0 ? "var(--rock-unique)" : "var(--rock-unique-alternate)";
}
