import type { ArtifactKind } from "./artifact-label.ts";

/** What the sizes of an artifact's nodes count: bytes, or the components of an SBOM, which states no bytes. */
export type MeasureUnit = "bytes" | "components";

export function unitOf({ kind }: { readonly kind: ArtifactKind }): MeasureUnit {
  return kind === "sbom" ? "components" : "bytes";
}

/** Several artifacts are compared by bytes only if all of them have some. */
export function commonUnit(artifacts: readonly { readonly kind: ArtifactKind }[]): MeasureUnit {
  return artifacts.some(({ kind }) => kind === "sbom") ? "components" : "bytes";
}
