import type { ArtifactLabel } from "#lib/model/answer.ts";

/** Hex digits that distinguish artifacts with the same name. */
const ID_LETTERS = 6;

/** The name of each artifact in a set; if several have the same name, with the beginning of the id. */
export function nameArtifacts(artifacts: readonly Pick<ArtifactLabel, "id" | "name">[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of artifacts) counts.set(name, (counts.get(name) ?? 0) + 1);
  return artifacts.map(({ id, name }) => {
    if (name === "") return id;
    return counts.get(name) === 1 ? name : `${name} ${id.slice(0, ID_LETTERS)}`;
  });
}
