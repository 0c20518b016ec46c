import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { CutName } from "#components/ui/cut-name.tsx";
import { DataTable, None, shown } from "#components/ui/data-table.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortLinks } from "#components/ui/sort-links.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { EVIDENCE_DEFINITIONS, EVIDENCE_WORDS, lineageName } from "#lib/display/lineage-words.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { LINEAGE_COLUMNS } from "#lib/exports/tables/lineage.ts";
import type { LineageImage } from "#lib/model/lineage.ts";
import type { LineageView } from "#lib/views/lineage.ts";
import { LINEAGE_PATH, type LineageParams, type LineageSort, lineageAddress } from "./lineage-address.ts";

interface ImageTableProps {
  readonly view: LineageView;
  readonly params: LineageParams;
}

/** The images that pass the filter, each with its base. */
export function ImageTable({ view: { images, matching }, params }: ImageTableProps) {
  const { q, show, sort, direction = sort === "name" ? "asc" : "desc" } = params;
  const byId = new Map(images.map((image) => [image.id, image]));
  const sortBy = sortLinks<LineageSort>(
    { sort, direction },
    (by, to) => `${lineageAddress.format(LINEAGE_PATH, { ...params, sort: by, direction: to })}#images`,
  );
  const { name, base, evidence, sharedBytes, storeBytes, pullBytes, imageCount, layerCount } = LINEAGE_COLUMNS;
  return (
    <Section
      id="images"
      title="Images"
      note={matching.length === images.length ? matching.length : `${matching.length} of ${images.length}`}
      tools={<CsvLink href={lineageAddress.format(`${LINEAGE_PATH}/images.csv`, { q, show })} />}
    >
      <DataTable
        label="Images and their bases"
        rows={sortImages(matching, sort, direction)}
        limit={params.rows}
        keyOf={({ id }) => id}
        empty="No image matches the filter."
        rest={(count) => formatCounted(count, "more image")}
        moreHref={lineageAddress.more(LINEAGE_PATH, params, "rows", "#images")}
        columns={[
          shown<LineageImage>(name, {
            sort: sortBy("name"),
            className: "max-w-0 min-w-28 w-1/4",
            cell: (image) => <ImageName image={image} />,
          }),
          shown<LineageImage>(base, {
            className: "max-w-0 min-w-24 w-1/5",
            cell: (image) => <ImageName image={byId.get(image.base ?? "")} />,
          }),
          shown<LineageImage>(evidence, { from: "md", cell: (image) => <Evidence image={image} /> }),
          shown<LineageImage>(layerCount, { from: "lg", sort: sortBy("layerCount") }),
          shown<LineageImage>(sharedBytes, {
            from: "sm",
            sort: sortBy("sharedBytes"),
            cell: (image) => <Shared image={image} />,
          }),
          shown<LineageImage>(storeBytes, { sort: sortBy("storeBytes") }),
          shown<LineageImage>(pullBytes, { from: "lg", sort: sortBy("pullBytes") }),
          shown<LineageImage>(imageCount, { from: "sm", sort: sortBy("imageCount") }),
        ]}
      />
    </Section>
  );
}

function sortImages(images: readonly LineageImage[], sort: LineageSort, direction: "asc" | "desc"): LineageImage[] {
  const sign = direction === "asc" ? 1 : -1;
  if (sort === "name") return images.toSorted((a, b) => sign * (a.name < b.name ? -1 : 1));
  return images.toSorted((a, b) => sign * ((a[sort] ?? -1) - (b[sort] ?? -1)) || (a.name < b.name ? -1 : 1));
}

function ImageName({ image }: { image: LineageImage | undefined }) {
  if (image === undefined) return <None />;
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link href={artifactPath(image.digest)} prefetch={false} className="min-w-0 hover:text-accent">
        <CutName text={lineageName(image)} />
      </Link>
      {image.stale ? <span className="shrink-0 text-xs text-warn">stale</span> : null}
    </span>
  );
}

function Shared({ image: { base, sharedBytes } }: { image: LineageImage }) {
  return base === null || sharedBytes === null ? <None /> : <Bytes value={sharedBytes} />;
}

function Evidence({ image: { evidence } }: { image: LineageImage }) {
  if (evidence === null) return <None />;
  return <span data-tip={EVIDENCE_DEFINITIONS[evidence]}>{EVIDENCE_WORDS[evidence]}</span>;
}
