import { Bytes } from "#components/ui/bytes.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { NodeFiles } from "#lib/views/why.ts";

interface FileTableProps {
  readonly files: NodeFiles;
  /** In front of each path: `/` in an image, nothing inside a store item. */
  readonly root: string;
  readonly moreHref: string | undefined;
}

/** The files that are a component's own, the largest first. */
export function FileTable({ files: { rows, count, bytes }, root, moreHref }: FileTableProps) {
  const shown = rows.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <TableFrame label="Files of its own">
      <thead>
        <tr>
          <Heading>Path</Heading>
          <Heading align="right">Bytes</Heading>
        </tr>
      </thead>
      <tbody>
        {rows.map((file) => (
          <tr key={file.path} className="hover:bg-shade">
            <Cell className="w-full min-w-40 py-1.5 font-mono text-xs break-all">
              <Visible text={file.path === "" ? "the item itself" : root + file.path} />
            </Cell>
            <Cell align="right">
              <Bytes value={file.bytes} />
            </Cell>
          </tr>
        ))}
        {count > rows.length ? (
          <CutRow columns={2} href={moreHref}>
            {formatCounted(count - rows.length, "more file")} with {formatBytes(bytes - shown)}
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}
