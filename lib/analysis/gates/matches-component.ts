import type { HeldComponent } from "#lib/model/holding.ts";

/** What follows a purl's name or version, or the identity of an instance. */
const PURL_ENDS = ["", "@*", "?*", "#*"];

/**
 * Whether a component is one that `pattern` names: a purl, whole or without version, qualifiers and path; a store path; a name; or
 * `name@version`. `*` matches any text.
 */
export function matchesComponent({ id, name, version }: HeldComponent, pattern: string): boolean {
  if (pattern.startsWith("pkg:")) return PURL_ENDS.some((end) => matchesText(id, `${pattern}${end}`));
  if (pattern.startsWith("/")) return matchesText(id, pattern);
  // The first @ of an npm name is its scope's.
  const at = pattern.lastIndexOf("@");
  if (at <= 0) return matchesText(name, pattern);
  return matchesText(name, pattern.slice(0, at)) && matchesText(version, pattern.slice(at + 1));
}

/** Whether a pattern matches the whole text; `*` matches any text. In time proportional to both lengths at most. */
export function matchesText(text: string, pattern: string): boolean {
  const [head, ...rest] = pattern.split("*") as [string, ...string[]];
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let at = head.length;
  const end = text.length - tail.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
