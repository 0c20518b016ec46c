import { UPDATE_MODEL_LABELS } from "#lib/display/update-words.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import type { UpdateBytes, UpdatedArtifact, UpdateFigure, UpdateModel } from "#lib/model/update-cost.ts";
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

/** What an update costs, model by model. */
export const UPDATE_COLUMNS = {
  model: column("Model", "text", ({ model }: UpdateFigure) => model, {
    shown: ({ model }) => UPDATE_MODEL_LABELS[model],
  }),
  storeBytes: column("Stored again", "bytes", ({ storeBytes }: UpdateFigure) => storeBytes),
  pullBytes: column("Pulled again", "bytes", ({ pullBytes }: UpdateFigure) => pullBytes),
  estimated: column("Estimated", "text", ({ estimated }: UpdateFigure) => String(estimated), { shown: toKnown }),
  pullEstimated: column("Pull estimated", "text", ({ pullEstimated }: UpdateFigure) => String(pullEstimated)),
} satisfies Columns<UpdateFigure>;

function toKnown({ storeBytes, pullBytes, estimated, pullEstimated }: UpdateFigure): string {
  if (storeBytes === null && pullBytes === null) return "does not apply";
  if (estimated) return "estimated";
  return pullEstimated ? "measured, pull estimated" : "measured";
}

/** Artifacts that are updated. */
export const UPDATED_COLUMNS = {
  name: NAME,
  to: column("Becomes", "text", ({ to }: UpdatedArtifact) => to?.name ?? null, {
    shown: ({ to }) => to?.name ?? "estimated",
  }),
  layers: column("By layers", "bytes", bytesOf("layers", "storeBytes")),
  layersPull: column("Pulled", "bytes", bytesOf("layers", "pullBytes")),
  file: column("By file", "bytes", bytesOf("file", "storeBytes")),
} satisfies Columns<UpdatedArtifact>;

function bytesOf(model: UpdateModel, field: keyof UpdateBytes) {
  return ({ models }: UpdatedArtifact) => models.find((figure) => figure.model === model)?.[field] ?? null;
}
