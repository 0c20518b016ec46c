import type { HeldComponent } from "#lib/model/holding.ts";

/** Σ (versions − 1) over the names with several versions, each name within its kind. Unowned files have no version. */
export function countDuplicateVersions(components: readonly HeldComponent[]): number {
  const versions = new Map<string, Set<string>>();
  for (const { kind, name, version } of components) {
    if (kind === "unowned") continue;
    const key = `${kind}:${name}`;
    const known = versions.get(key) ?? new Set();
    versions.set(key, known.add(version));
  }
  return [...versions.values()].reduce((count, { size }) => count + size - 1, 0);
}
