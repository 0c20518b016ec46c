import type { ArtifactLabel } from "#lib/model/answer.ts";
import { nameArtifacts } from "./artifact-names.ts";

/** Why an answer counts bytes of downloads, in one sentence; `undefined` if it does not. */
export function byDownloadNote(artifacts: readonly ArtifactLabel[]): string | undefined {
  const [first, ...more] = nameArtifacts(artifacts).filter((_, i) => artifacts[i]!.manifestOnly);
  if (first === undefined) return undefined;
  const who =
    more.length === 0
      ? `${first} is known by its manifest alone`
      : `${first} and ${more.length} more are known by their manifests alone`;
  return `${who}, so all bytes are those of downloads, at the rungs unshared, chain, layer and blob.`;
}
