import { CopyText } from "#components/ui/copy-text.tsx";
import { DataTable, None, shown } from "#components/ui/data-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { ATTACHMENT_COLUMNS, BASE_CLAIM_COLUMNS } from "#lib/exports/tables/attached.ts";
import type { Attachment, StatedClaim } from "#lib/model/attached.ts";
import { shellWord } from "#lib/model/shell-word.ts";
import type { Attached } from "#lib/views/artifact.ts";

/** What comes with an image: SBOMs with the command that scans them, and the images that provenance names. */
export function AttachedDocuments({ attached: { attachments, baseClaims } }: { attached: Attached }) {
  if (attachments.length === 0) return null;
  return (
    <Section id="attached" title="Attached" note={formatCounted(attachments.length, "document")}>
      <Documents attachments={attachments} />
      {baseClaims.length === 0 ? null : <BaseClaims baseClaims={baseClaims} />}
    </Section>
  );
}

function Documents({ attachments }: { attachments: readonly Attachment[] }) {
  const { kind, type, byteCount, digest, source } = ATTACHMENT_COLUMNS;
  return (
    <DataTable
      label="Attached documents"
      rows={attachments}
      keyOf={(row) => row.digest}
      columns={[
        shown<Attachment>(kind, { cell: (row) => (row.kind === "sbom" ? "SBOM" : "provenance") }),
        shown(type, { from: "md", className: "min-w-60 break-all" }),
        shown(byteCount, { from: "sm" }),
        shown(digest, { from: "sm" }),
        shown(source, { className: "py-1.5", cell: (row) => <ScanCommand source={row.source} /> }),
      ]}
    />
  );
}

function ScanCommand({ source }: Pick<Attachment, "source">) {
  if (source === "") return <None />;
  const command = `stratigraph scan ${shellWord(source)}`;
  return (
    <CopyText text={command} what="command" className="max-w-full font-mono text-xs break-all">
      <Visible text={command} />
    </CopyText>
  );
}

function BaseClaims({ baseClaims }: { baseClaims: readonly StatedClaim[] }) {
  return (
    <div className="mt-6">
      <p className="mb-1 text-[0.8125rem] text-dim">
        Images that its build used, as its provenance states: its bases, and tools such as the Dockerfile frontend; and
        the base that its own annotations or labels name. No signature is verified.
      </p>
      <DataTable
        label="Images that its build used"
        rows={baseClaims}
        keyOf={({ name, digest }) => `${name} ${digest}`}
        columns={[
          shown(BASE_CLAIM_COLUMNS.name),
          shown(BASE_CLAIM_COLUMNS.digest),
          shown(BASE_CLAIM_COLUMNS.statedBy, {
            cell: ({ statedBy }) => (statedBy === "image" ? "the image itself" : "provenance"),
          }),
        ]}
      />
    </div>
  );
}
