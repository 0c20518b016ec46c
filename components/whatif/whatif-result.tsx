import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { CutName } from "#components/ui/cut-name.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { Definitions } from "#components/ui/definitions.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { storeAgainstLayersWords, UPDATE_MODEL_DEFINITIONS, UPDATE_MODEL_LABELS } from "#lib/display/update-words.ts";
import { NAMED_HOLDER_COLUMNS, UPDATE_COLUMNS, UPDATED_COLUMNS } from "#lib/exports/tables/whatif.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { NamedHolder } from "#lib/model/named-holder.ts";
import { UPDATE_MODELS, type UpdateAnswer, type UpdatedArtifact, type UpdateFigure } from "#lib/model/update-cost.ts";
import { VersionChips } from "./version-chips.tsx";
import {
  type HOLDER_SORTS,
  type MODEL_SORTS,
  type UPDATED_SORTS,
  WHATIF_PATH,
  type WhatifParams,
  whatifAddress,
} from "./whatif-address.ts";

const csvPath = (table: string, { component, in: names, to }: WhatifParams) =>
  whatifAddress.format(`${WHATIF_PATH}/${table}.csv`, { component, in: names, to });

const hrefOf = (params: WhatifParams, changes: Partial<WhatifParams>, anchor: string) =>
  `${whatifAddress.format(WHATIF_PATH, { ...params, ...changes })}#${anchor}`;

/** What all updated artifacts cost together, model by model. */
export function ModelSection({ answer, params }: { answer: UpdateAnswer; params: WhatifParams }) {
  const most = Math.max(1, ...answer.models.map(({ storeBytes }) => storeBytes ?? 0));
  const { rows, sortBy } = sortColumns<UpdateFigure, (typeof MODEL_SORTS)[number]>(
    UPDATE_COLUMNS,
    answer.models,
    { sort: params.modelsort, direction: params.modeldirection },
    (modelsort, modeldirection) => hrefOf(params, { modelsort, modeldirection }, "models"),
  );
  const columns: ShownColumn<UpdateFigure>[] = [
    shown<UpdateFigure>(UPDATE_COLUMNS.model, {
      sort: sortBy("model"),
      className: "whitespace-nowrap",
      cell: ({ model }) => (
        <span data-tip={UPDATE_MODEL_DEFINITIONS[model]} className="measure-name">
          {UPDATE_MODEL_LABELS[model]}
        </span>
      ),
    }),
    { name: "", heading: <span className="sr-only">Bar</span>, from: "sm", className: "w-full", cell: toBar(most) },
    shown<UpdateFigure>(UPDATE_COLUMNS.storeBytes, {
      sort: sortBy("storeBytes"),
      cell: ({ storeBytes, estimated }) => <Figure bytes={storeBytes} estimated={estimated} />,
    }),
    shown<UpdateFigure>(UPDATE_COLUMNS.pullBytes, {
      sort: sortBy("pullBytes"),
      cell: ({ pullBytes, estimated, pullEstimated }) => (
        <Figure bytes={pullBytes} estimated={estimated || pullEstimated} />
      ),
    }),
  ];
  return (
    <Section
      id="models"
      title="What it costs"
      note={`${formatCounted(answer.affected.length, "artifact")}${answer.affected.length > 1 ? " together" : ""}`}
      tools={<CsvLink href={csvPath("models", params)} />}
    >
      <DataTable label="Bytes by model" columns={columns} rows={rows} keyOf={({ model }) => model} />
      <p className="mt-2 text-[0.8125rem]">{storeAgainstLayersWords(answer.models)}</p>
      <p className="mt-2 text-xs text-dim">
        Stored again: on a disk that has them as they are now. Pulled again: by a host that has them. ≈ and hatching
        mark estimates; – means not known, or does not apply.
      </p>
      <Definitions names={UPDATE_MODELS} labels={UPDATE_MODEL_LABELS} definitions={UPDATE_MODEL_DEFINITIONS} />
    </Section>
  );
}

function toBar(most: number) {
  return ({ storeBytes, estimated }: UpdateFigure) => (
    <span className="block h-3">
      <ShareBar share={(storeBytes ?? 0) / most} estimated={estimated} />
    </span>
  );
}

function Figure({ bytes, estimated }: { bytes: number | null; estimated: boolean }) {
  return bytes === null ? <None /> : <Bytes value={bytes} estimated={estimated} />;
}

/** Each artifact, and what it becomes. */
export function UpdatedSection({ answer, params }: { answer: UpdateAnswer; params: WhatifParams }) {
  const { name, to } = UPDATED_COLUMNS;
  const { rows, sortBy } = sortColumns<UpdatedArtifact, (typeof UPDATED_SORTS)[number]>(
    UPDATED_COLUMNS,
    answer.artifacts,
    { sort: params.artifactsort, direction: params.artifactdirection },
    (artifactsort, artifactdirection) => hrefOf(params, { artifactsort, artifactdirection }, "artifacts"),
  );
  const bytes = (key: "layers" | "layersPull" | "file", from?: "sm") =>
    shown<UpdatedArtifact>(UPDATED_COLUMNS[key], {
      sort: sortBy(key),
      from,
      cell: (artifact) => (
        <Figure bytes={UPDATED_COLUMNS[key].value(artifact) as number | null} estimated={artifact.to === null} />
      ),
    });
  const columns: ShownColumn<UpdatedArtifact>[] = [
    shown<UpdatedArtifact>(name, { sort: sortBy("name"), className: "max-w-0 w-1/2 min-w-28 py-1", cell: toUpdated }),
    shown<UpdatedArtifact>(to, { sort: sortBy("to"), from: "sm", className: "max-w-40 truncate", cell: toBecome }),
    bytes("layers"),
    bytes("layersPull"),
    bytes("file", "sm"),
  ];
  return (
    <Section id="artifacts" title="Artifact by artifact" tools={<CsvLink href={csvPath("artifacts", params)} />}>
      <DataTable
        label="Updated artifacts"
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        limit={params.artifacts}
        rest={(count) => formatCounted(count, "more artifact")}
        moreHref={whatifAddress.more(WHATIF_PATH, params, "artifacts", "#artifacts")}
      />
    </Section>
  );
}

function toBecome({ to }: UpdatedArtifact) {
  return to === null ? <span className="text-dim">estimated</span> : <Visible text={to.name} />;
}

/** On a narrow page with what it becomes below. */
function toUpdated(artifact: UpdatedArtifact) {
  return (
    <>
      {toLink(artifact)}
      {artifact.to === null ? null : (
        <span className="flex gap-1 text-xs text-dim sm:hidden">
          → <CutName text={artifact.to.name} className="min-w-0" />
        </span>
      )}
    </>
  );
}

function toLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <Link href={artifactPath(id)} prefetch={false} className="block hover:text-accent">
      <CutName text={name} />
    </Link>
  );
}

/** Every artifact with one of the components. */
export function HolderSection({ holders, params }: { holders: readonly NamedHolder[]; params: WhatifParams }) {
  const { artifact, name, version, selfSize } = NAMED_HOLDER_COLUMNS;
  const count = new Set(holders.map(({ artifactId }) => artifactId)).size;
  const { rows, sortBy } = sortColumns<NamedHolder, (typeof HOLDER_SORTS)[number]>(
    NAMED_HOLDER_COLUMNS,
    holders,
    { sort: params.holdersort, direction: params.holderdirection },
    (holdersort, holderdirection) => hrefOf(params, { holdersort, holderdirection }, "holders"),
  );
  const columns: ShownColumn<NamedHolder>[] = [
    shown<NamedHolder>(artifact, {
      sort: sortBy("artifact"),
      className: "max-w-0 w-1/2 min-w-28",
      cell: ({ artifactDigest, artifactName }) => toLink({ id: toArtifactId(artifactDigest), name: artifactName }),
    }),
    shown<NamedHolder>(name, { sort: sortBy("name") }),
    shown<NamedHolder>(version, {
      sort: sortBy("version"),
      className: "whitespace-nowrap",
      cell: (holder) => <Visible text={holder.version} />,
    }),
    shown<NamedHolder>(selfSize, { sort: sortBy("selfSize"), from: "sm" }),
  ];
  return (
    <Section
      id="holders"
      title="Artifacts that have it"
      note={formatCounted(count, "artifact")}
      tools={<CsvLink href={csvPath("holders", params)} />}
    >
      <VersionChips holders={holders} params={params} />
      <DataTable
        label="Artifacts with the component"
        columns={columns}
        rows={rows}
        keyOf={({ artifactId, componentId }) => `${artifactId} ${componentId}`}
        limit={params.holders}
        rest={(more) => formatCounted(more, "more row")}
        moreHref={whatifAddress.more(WHATIF_PATH, params, "holders", "#holders")}
      />
    </Section>
  );
}
