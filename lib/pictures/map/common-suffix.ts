/** Share of all names that have a suffix which is left off. */
const MOST = 0.9;

/** The ending, from the last dot on, that nearly all names share (`.drv`); "" if there is none. */
export function commonSuffix(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const dot = name.lastIndexOf(".");
    if (dot > 0) counts.set(name.slice(dot), (counts.get(name.slice(dot)) ?? 0) + 1);
  }
  for (const [suffix, count] of counts) if (count >= MOST * names.length && names.length > 1) return suffix;
  return "";
}
