import Link from "next/link";
import { CutName } from "#components/ui/cut-name.tsx";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { RELAYERED_IMAGE_COLUMNS } from "#lib/exports/tables/relayer.ts";
import type { RelayerAnswer, RelayeredImage } from "#lib/model/relayer-answer.ts";
import { type IMAGE_SORTS, type RelayerParams, relayerCsvPath, relayerHref } from "./relayer-address.ts";

interface ImageSectionProps {
  readonly answer: RelayerAnswer;
  readonly params: RelayerParams;
}

/** Layers and bytes of each image, before and after. */
export function ImageSection({ answer: { images }, params }: ImageSectionProps) {
  const { rows, sortBy } = sortColumns<RelayeredImage, (typeof IMAGE_SORTS)[number]>(
    RELAYERED_IMAGE_COLUMNS,
    images,
    { sort: params.imagesort, direction: params.imagedirection },
    (imagesort, imagedirection) => relayerHref(params, { imagesort, imagedirection }, "images"),
  );
  const { name, layersBefore, layers, bytesBefore, bytes } = RELAYERED_IMAGE_COLUMNS;
  const columns: ShownColumn<RelayeredImage>[] = [
    shown<RelayeredImage>(name, {
      sort: sortBy("name"),
      className: "max-w-0 w-full min-w-28",
      cell: (image) => (
        <Link href={artifactPath(image.digest)} prefetch={false} className="block hover:text-accent">
          <CutName text={image.name} />
        </Link>
      ),
    }),
    shown<RelayeredImage>(layersBefore, { sort: sortBy("layersBefore"), from: "sm" }),
    shown<RelayeredImage>(layers, { sort: sortBy("layers") }),
    shown<RelayeredImage>(bytesBefore, { sort: sortBy("bytesBefore"), from: "sm" }),
    shown<RelayeredImage>(bytes, { sort: sortBy("bytes") }),
  ];
  return (
    <Section
      id="images"
      title="Images"
      note={images.length}
      tools={<CsvLink href={relayerCsvPath("images", params)} />}
    >
      <DataTable label="Images before and after" columns={columns} rows={rows} keyOf={({ digest }) => digest} />
      <p className="mt-2 text-xs text-dim">
        Bytes of the files in all layers of an image. After relayering, no layer has files that a higher layer hides.
      </p>
    </Section>
  );
}
