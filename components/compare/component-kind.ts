import { KIND_LABELS } from "#lib/display/colours.ts";
import type { ComponentKind } from "#lib/model/component.ts";

/** An answer spells kinds as text, for it may be older than the page that shows it: a kind unknown here has no colour. */
export function isComponentKind(kind: string): kind is ComponentKind {
  return Object.hasOwn(KIND_LABELS, kind);
}

export function kindLabel(kind: string): string {
  return isComponentKind(kind) ? KIND_LABELS[kind] : kind;
}
