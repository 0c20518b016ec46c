/** A whole artifact or, of a store, the closure of one of its roots. */
export interface ArtifactPart {
  /** The artifact's id in the database. */
  readonly id: number;
  /** Node index of a root, for its closure only; `undefined` for the whole artifact. */
  readonly root?: number | undefined;
}

/** Equal for equal parts. */
export function partKey({ id, root }: ArtifactPart): string {
  return root === undefined ? `${id}` : `${id}/${root}`;
}

/** Each part once, in the order of first occurrence. */
export function distinctParts<Part extends ArtifactPart>(parts: readonly Part[]): Part[] {
  const byKey = new Map<string, Part>();
  for (const part of parts) if (!byKey.has(partKey(part))) byKey.set(partKey(part), part);
  return [...byKey.values()];
}
