import { PathTable } from "#components/ui/path-table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { NodeFiles } from "#lib/views/why.ts";

interface FileTableProps {
  readonly files: NodeFiles;
  /** Prefix of each path: `/` in an image, nothing inside a store item. */
  readonly root: string;
  readonly moreHref: string | undefined;
}

/** The files of a component, largest first. */
export function FileTable({ files, root, moreHref }: FileTableProps) {
  return (
    <PathTable
      label="Own files"
      {...files}
      keyOf={({ path }) => path}
      pathOf={({ path }) => <Visible text={path === "" ? "the item itself" : root + path} />}
      moreHref={moreHref}
    />
  );
}
