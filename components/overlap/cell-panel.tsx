import { Bytes } from "#components/ui/bytes.tsx";
import { CloseLink } from "#components/ui/close-link.tsx";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { FilePath } from "#components/ui/file-path.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { shortVersion } from "#lib/display/version-change.ts";
import { column } from "#lib/exports/table.ts";
import { PART_COLUMNS } from "#lib/exports/tables/overlap.ts";
import type { ArtifactLabel, CellContents, CellFile, CellPart } from "#lib/model/answer.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { whoHolds } from "./upset.tsx";

interface CellPanelProps {
  readonly contents: CellContents;
  readonly artifacts: readonly ArtifactLabel[];
  readonly names: readonly string[];
  readonly closeHref: string;
  /** Absent in a report, which has no more. */
  readonly moreHref?: string | undefined;
  readonly limit: number;
  /** Whether components link to their dependency paths. */
  readonly linked: boolean;
}

/** The contents of one intersection: its components with their bytes in it, and the largest files. */
export function CellPanel(props: CellPanelProps) {
  const { names, closeHref } = props;
  const { in: held, units, bytes, parts, files } = props.contents;
  return (
    <section aria-labelledby="cell" className="mt-6 rounded-md border border-line bg-raised p-4 sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 id="cell" className="text-base font-medium tracking-tight">
            In <Visible text={whoHolds(held, names).replace(/^only /, "")} />
            {held.length === 1 ? " alone" : ""}
          </h3>
          <p className="mt-0.5 text-[0.8125rem] text-dim">
            <Bytes value={bytes} /> in {formatCounted(units, "unit")}
            {held.length > 1 && held.length < names.length ? (
              <>
                {", shared by "}
                <Visible text={held.map((i) => names[i]!).join(", ")} />
              </>
            ) : null}
          </p>
        </div>
        <CloseLink href={closeHref} label="Close the intersection" />
      </div>
      {units === 0 ? <p className="mt-3 text-[0.8125rem]">This intersection is empty.</p> : null}
      <div
        className={`mt-4 grid gap-x-10 gap-y-6 ${files.length > 0 && units > 0 ? "lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]" : ""}`}
      >
        {parts.length > 0 ? <PartTable {...props} /> : null}
        {files.length > 0 ? <FileTable {...props} /> : null}
      </div>
    </section>
  );
}

function PartTable({ contents, artifacts, limit, moreHref, linked }: CellPanelProps) {
  const { parts, partCount } = contents;
  const noun = parts[0]?.kind === "layer" ? "layer" : "component";
  const title = noun === "layer" ? "Layer" : "Component";
  return (
    <DataTable
      label={`${title}s of the intersection`}
      rows={parts}
      keyOf={({ id }) => id}
      limit={limit}
      total={partCount}
      rest={(more) => formatCounted(more, `more ${noun}`)}
      moreHref={moreHref}
      columns={[
        shown(PART_COLUMNS.name, {
          name: title,
          className: "w-full max-w-0",
          cell: (part) => <PartName part={part} artifact={artifacts[part.artifact]!} linked={linked} />,
        }),
        shown(PART_COLUMNS.bytes, { name: "Bytes here", measure: undefined }),
        shown(PART_COLUMNS.units, { from: "sm" }),
      ]}
    />
  );
}

type PartNameProps = Pick<CellPanelProps, "linked"> & { part: CellPart; artifact: ArtifactLabel };

function PartName({ part, artifact, linked }: PartNameProps) {
  if (part.kind === "layer") {
    const made = tidyCreatedBy(artifact.layers.find(({ diffId }) => diffId === part.id)?.createdBy ?? "");
    return (
      <span className="flex gap-2 font-mono text-xs" data-tip={made === "" ? undefined : labelText(made)}>
        <span className="text-dim">{shortDigest(part.id)}</span>
        <Visible text={made} className="truncate" />
      </span>
    );
  }
  const tip = part.id === "" ? undefined : labelText(`${KIND_LABELS[part.kind]} · ${part.id}`);
  const href = part.id === "" || !linked ? undefined : whyPath(artifact.digest, part.id);
  return (
    <MaybeLink
      href={href}
      tip={tip}
      className={`flex items-center gap-2 ${href === undefined ? "" : "hover:text-accent"}`}
    >
      <KindMark kind={part.kind} />
      <span className="truncate">
        <Visible text={part.name} /> <Visible text={shortVersion(part.version)} className="text-dim" />
      </span>
    </MaybeLink>
  );
}

const FILE_BYTES = column<CellFile>("Bytes", "bytes", ({ bytes }) => bytes);

function FileTable({ contents: { files, fileCount }, limit, moreHref }: CellPanelProps) {
  return (
    <DataTable
      label="Files of the intersection"
      rows={files}
      keyOf={({ path }) => path}
      limit={limit}
      total={fileCount}
      rest={(more) => formatCounted(more, "more file")}
      moreHref={moreHref}
      columns={[
        { name: "Largest files", className: "w-full max-w-0", cell: ({ path }) => <FilePath path={path} /> },
        shown(FILE_BYTES),
      ]}
    />
  );
}
