import type { ArtifactLabel } from "#lib/model/answer.ts";

/** Hex digits that tell apart artifacts of one name. */
const TOLD_APART = 6;

/** What to call each artifact of a set: its name, and where several have it the beginning of the id too. */
export function nameArtifacts(artifacts: readonly Pick<ArtifactLabel, "id" | "name">[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of artifacts) counts.set(name, (counts.get(name) ?? 0) + 1);
  return artifacts.map(({ id, name }) => {
    if (name === "") return id;
    return counts.get(name) === 1 ? name : `${name} ${id.slice(0, TOLD_APART)}`;
  });
}
