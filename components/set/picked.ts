import type { Choice } from "#lib/views/choose-set.ts";

/** Whether a choice is among what is chosen, spelled by name or by the beginning of its digest. */
export function isPicked({ text, digest }: Pick<Choice, "text" | "digest">, texts: readonly string[]): boolean {
  return texts.some((other) => other === text || (other.length >= 12 && digest.startsWith(`sha256:${other}`)));
}
