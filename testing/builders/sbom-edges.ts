import type { SbomDocument } from "#lib/model/sbom.ts";

/** The relations of a document by name: `a dependsOn b`, sorted. */
export function edgeWords({ components, edges }: SbomDocument): string[] {
  const nameOf = (i: number) => components[i]!.name;
  return Array.from(edges.from, (from, i) => {
    return `${nameOf(from)} ${edges.relations[edges.relation[i]!]} ${nameOf(edges.to[i]!)}`;
  }).sort();
}

export function rootNames({ components, roots }: SbomDocument): string[] {
  return Array.from(roots, (root) => components[root]!.name);
}
