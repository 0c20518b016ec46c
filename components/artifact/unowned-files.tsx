import { DataTable, shown } from "#components/ui/data-table.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { artifactPath, listedFilePath } from "#lib/display/paths.ts";
import { unownedTitle } from "#lib/display/unowned-words.ts";
import { UNOWNED_COLUMNS } from "#lib/exports/tables/unowned.ts";
import type { UnownedAnswer, UnownedFiles } from "#lib/model/unowned-class.ts";

/** What the files of an image are that no package owns. */
export function Unowned({ digest, unowned }: { digest: string; unowned: UnownedAnswer | undefined }) {
  if (unowned === undefined || unowned.count === 0) return null;
  const { count, bytes, of, classes } = unowned;
  const { class: name, bytes: size, count: files, largest } = UNOWNED_COLUMNS;
  return (
    <Section
      id="unowned"
      title="No package owns"
      note={`${formatCounted(count, "file")}, ${formatBytes(bytes)}: ${formatShare(of === 0 ? 0 : bytes / of, 1)} of what a container sees`}
      tools={<CsvLink href={`${artifactPath(digest)}/unowned.csv`} />}
    >
      <DataTable<UnownedFiles>
        label="Files that no package owns, by what they are"
        rows={classes}
        keyOf={(row) => row.class}
        columns={[
          shown<UnownedFiles>(name, { className: "whitespace-nowrap", cell: (row) => unownedTitle(row.class) }),
          shown<UnownedFiles>(size),
          shown<UnownedFiles>(files),
          shown<UnownedFiles>(largest, {
            className: "w-full min-w-40 py-1.5 font-mono text-xs break-all",
            cell: ({ largest: { path, layer } }) => (
              <MaybeLink href={listedFilePath(digest, path, layer)} className="quiet-link">
                <Visible text={`/${path}`} />
              </MaybeLink>
            ),
          }),
        ]}
      />
    </Section>
  );
}
