import type { NamedHolder } from "#lib/model/named-holder.ts";
import { type Column, type Columns, column, KIND, NAME, VERSION } from "../table.ts";

/** Which artifacts have a component. */
export const NAMED_HOLDER_COLUMNS = {
  artifact: column("Artifact", "text", ({ artifactName }: NamedHolder) => artifactName),
  digest: column("Digest", "digest", ({ artifactDigest }: NamedHolder) => artifactDigest),
  kind: KIND as Column<NamedHolder>,
  name: NAME as Column<NamedHolder>,
  version: VERSION as Column<NamedHolder>,
  selfSize: column("Own size", "bytes", sized("selfSize")),
  retainedSize: column("Retained", "bytes", sized("retainedSize")),
  id: column("Id", "path", ({ identity }: NamedHolder) => identity),
} satisfies Columns<NamedHolder>;

/** An SBOM states no sizes. */
function sized(field: "selfSize" | "retainedSize") {
  return (holder: NamedHolder) => (holder.artifactKind === "sbom" ? null : holder[field]);
}
