import type { ArtifactKind } from "./artifact-label.ts";
import type { ComponentKind } from "./component.ts";

/** A component, found by a name of it, in an artifact that has it. Sizes in bytes; in an SBOM, numbers of components. */
export interface NamedHolder {
  /** Database id of the artifact. */
  readonly artifactId: number;
  readonly artifactDigest: string;
  readonly artifactName: string;
  readonly artifactKind: ArtifactKind;
  /** Database id of the component, its purl or store path, and its node: of several instances the one that retains most. */
  readonly componentId: number;
  readonly identity: string;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
  readonly nodeIndex: number;
  readonly selfSize: number;
  readonly retainedSize: number;
}
