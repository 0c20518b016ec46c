import Link from "next/link";
import { LayerFilter } from "#components/artifact/layer-filter.tsx";
import { Chips } from "#components/ui/chips.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { type SortLink, sortLinks } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath, filesPath } from "#lib/display/paths.ts";
import { IMAGE_FILE_SORTS, type ImageFileSort } from "#lib/model/image-files.ts";
import { MAX_PLAIN_ROWS, PAGE_ROWS } from "#lib/model/row-page.ts";
import type { ImageFilesView } from "#lib/views/image-files.ts";
import { fileColumns } from "./file-columns.tsx";
import { FileWindow } from "./file-window.tsx";
import { type FilesParams, filesAddress, filesDirection } from "./files-address.ts";

interface FilesScreenProps {
  readonly view: ImageFilesView;
  readonly params: FilesParams;
}

/** All files of all layers of an image in one table. */
export function FilesScreen({ view, params }: FilesScreenProps) {
  const { artifact, files, layers } = view;
  const path = filesPath(artifact.digest);
  const hrefOf = (changes: Partial<FilesParams>) => filesAddress.format(path, { ...params, row: 0, ...changes });
  return (
    <>
      <p className="mb-1 text-[0.8125rem] text-dim">
        All layers of{" "}
        <Link href={artifactPath(artifact.digest)} className="text-link">
          <Visible text={artifact.name} />
        </Link>
      </p>
      <h1 className="text-2xl font-medium tracking-tight">Files</h1>
      <p className="mt-1.5 text-[0.8125rem] text-dim" aria-live="polite">
        {formatCounted(files.matching, "file")} with {formatBytes(files.matchingBytes)} in the layers. Struck through:
        no container sees it.
      </p>
      <div className="mt-5 mb-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <SearchField parameter="q" label="Filter by path" resets={["row"]} className="w-56" />
        <Chips
          label="Files shown"
          chips={[
            {
              key: "hidden",
              href: hrefOf({ show: params.show === "hidden" ? undefined : "hidden" }),
              chosen: params.show === "hidden",
              label: "Hidden only",
            },
          ]}
        />
        {layers.length < 2 ? null : (
          <LayerFilter
            label="In layer"
            count={layers.length}
            chosen={params.layer}
            hrefOf={(layer) => hrefOf({ layer })}
          />
        )}
        <span className="ml-auto text-[0.8125rem]">
          <CsvLink href={filesAddress.format(`${path}.csv`, { ...params, row: 0 })} />
        </span>
      </div>
      <FileRows view={view} params={params} hrefOf={hrefOf} />
    </>
  );
}

interface FileRowsProps extends FilesScreenProps {
  readonly hrefOf: (changes: Partial<FilesParams>) => string;
}

/** The whole table of a few hundred files, and a window over more. */
function FileRows({ view: { artifact, files, loadedFrom }, params, hrefOf }: FileRowsProps) {
  const sortBy = sortLinks<ImageFileSort>({ sort: params.sort, direction: filesDirection(params) }, (sort, direction) =>
    hrefOf({ sort, direction }),
  );
  const sorts = Object.fromEntries(IMAGE_FILE_SORTS.map((sort) => [sort, sortBy(sort)])) as Record<
    ImageFileSort,
    SortLink
  >;
  if (files.matching <= Math.min(MAX_PLAIN_ROWS, PAGE_ROWS)) {
    return (
      <DataTable
        label="Files"
        rows={files.rows}
        keyOf={({ layer, path }) => `${layer} ${path}`}
        empty="No file matches the filter."
        columns={fileColumns(artifact.digest, sorts)}
      />
    );
  }
  const rowsHref = filesAddress.format(`${filesPath(artifact.digest)}/rows`, { ...params, row: 0 });
  return (
    <FileWindow
      key={rowsHref}
      digest={artifact.digest}
      sorts={sorts}
      rowsHref={rowsHref}
      count={files.matching}
      row={params.row}
      loadedFrom={loadedFrom}
      rows={files.rows}
    />
  );
}
