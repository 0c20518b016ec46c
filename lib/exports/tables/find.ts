import { artifactKind } from "#lib/display/artifact-kind.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import { type Column, type Columns, column, KIND } from "../table.ts";

interface FoundArtifact {
  readonly digest: string;
  readonly name: string;
  readonly kind: string;
  readonly bytes: number | null;
}

export const FOUND_ARTIFACT_COLUMNS = {
  digest: column("Digest", "digest", ({ digest }) => digest),
  kind: column("Kind", "text", ({ kind }) => artifactKind({ kind })),
  bytes: column("Size", "bytes", ({ bytes }) => bytes),
  name: column("Name", "text", ({ name }) => name),
} satisfies Columns<FoundArtifact>;

interface FoundDigest {
  readonly what: "digest" | "config" | "diffID" | "chainID" | "blob";
  readonly digest: string;
  readonly artifactName: string;
  readonly layer: number | null;
  readonly artifactCount: number;
}

export const FOUND_DIGEST_COLUMNS = {
  digest: column("Digest", "digest", ({ digest }) => digest),
  what: column("Is", "text", ({ what }) => what),
  artifactCount: column("Artifacts", "count", ({ artifactCount }) => artifactCount),
  layer: column("Layer", "count", ({ layer }) => layer),
  artifact: column("Newest", "text", ({ artifactName }) => artifactName),
} satisfies Columns<FoundDigest>;

/** A file content in one of the artifacts that have it. */
interface ContentPlace {
  readonly digest: string;
  readonly name: string;
  readonly path: string;
}

export const CONTENT_PLACE_COLUMNS = {
  digest: column("SHA-256", "digest", ({ digest }) => digest),
  artifact: column("Artifact", "text", ({ name }) => name),
  path: column("Path", "path", ({ path }) => path),
} satisfies Columns<ContentPlace>;

interface FoundNode {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string;
  readonly identity: string;
  readonly artifactCount: number;
}

export const FOUND_NODE_COLUMNS = {
  artifactCount: column<FoundNode>("Artifacts", "count", ({ artifactCount }) => artifactCount),
  kind: KIND as Column<FoundNode>,
  name: column<FoundNode>("Name", "text", ({ name }) => name),
  version: column<FoundNode>("Version", "text", ({ version }) => version),
  id: column<FoundNode>("Id", "path", ({ identity }) => identity),
} satisfies Columns<FoundNode>;

interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly artifactCount: number;
  readonly contentCount: number;
}

export const FOUND_FILE_COLUMNS = {
  artifactCount: column("Artifacts", "count", ({ artifactCount }) => artifactCount),
  contentCount: column("Contents", "count", ({ contentCount }) => contentCount),
  bytes: column("Largest", "bytes", ({ bytes }) => bytes),
  path: column("Path", "path", ({ path }) => path),
} satisfies Columns<FoundFile>;

interface Holder {
  readonly artifactDigest: string;
  readonly artifactName: string;
  readonly bytes: number;
  readonly layer: number | null;
}

export const HOLDER_COLUMNS = {
  digest: column("Digest", "digest", ({ artifactDigest }) => artifactDigest),
  bytes: column("Size", "bytes", ({ bytes }) => bytes),
  layer: column("Layer", "count", ({ layer }) => layer),
  artifact: column("Artifact", "text", ({ artifactName }) => artifactName),
} satisfies Columns<Holder>;
