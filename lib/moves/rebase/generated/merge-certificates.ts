import type { MergedText, TextSides } from "./text-sides.ts";

/** A certificate with the lines before it, which name it in some bundles. */
const CERTIFICATE =
  /(?:(?!-----BEGIN)[^\n]*\n)*-----BEGIN (?:[A-Z]+ )?CERTIFICATE-----\s*([^-]+)-----END (?:[A-Z]+ )?CERTIFICATE-----[^\S\n]*\n?/g;

/**
 * The new base's bundle without the certificates that the image removed from the old base's, then those that it added. That is the
 * order in which `update-ca-certificates` writes them. `undefined` if a bundle has none.
 */
export function mergeCertificates({ base, ours, theirs }: TextSides): MergedText | undefined {
  const [old, own, now] = [list(base), list(ours), list(theirs)];
  if (own.size === 0 || now.size === 0) return undefined;
  const kept = [...now].filter(([key]) => own.has(key) || !old.has(key));
  const added = [...own].filter(([key]) => !old.has(key) && !now.has(key));
  const text = [...kept, ...added].map(([, block]) => (block.endsWith("\n") ? block : `${block}\n`)).join("");
  const missing = [...now.keys()].filter((key) => !own.has(key)).length;
  const withdrawn = [...own.keys()].filter((key) => old.has(key) && !now.has(key)).length;
  return { text, evidence: `lacks ${missing} of the new base, keeps ${withdrawn} that it withdrew` };
}

function list(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(CERTIFICATE), ([block, key]) => [key!.replace(/\s+/g, ""), block]));
}
