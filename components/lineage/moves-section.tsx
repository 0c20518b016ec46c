import { Chips } from "#components/ui/chips.tsx";
import { CutName } from "#components/ui/cut-name.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { lineageName } from "#lib/display/lineage-words.ts";
import type { LineageImage, MovingBase } from "#lib/model/lineage.ts";
import { LINEAGE_PATH, type LineageParams, lineageAddress } from "./lineage-address.ts";
import { PlanTable } from "./plan-table.tsx";

/** Bases offered here; the others are reached from their families. */
const MAX_OFFERED = 8;

interface MovesSectionProps {
  readonly moving: MovingBase;
  readonly images: readonly LineageImage[];
  readonly params: LineageParams;
}

/** What has to be built again if one base is updated. */
export function MovesSection({ moving, images, params }: MovesSectionProps) {
  const { image, downloadSize, plan, total } = moving;
  const waves = plan.reduce((most, { wave }) => Math.max(most, wave), 0);
  return (
    <Section
      id="moves"
      title="If a base is updated"
      tools={<CsvLink href={lineageAddress.format(`${LINEAGE_PATH}/plan.csv`, { base: image.id })} />}
    >
      <BaseChips chosen={image} images={images} params={params} />
      <p className="my-2 text-[0.8125rem] text-dim">
        {formatCounted(plan.length, "image")} in {formatCounted(waves, "wave")}. Layers above the base are built again.
      </p>
      <PlanTable
        label="Built again if the base is updated"
        plan={plan}
        total={total}
        limit={params.planned}
        moreHref={lineageAddress.more(LINEAGE_PATH, params, "planned", "#moves")}
      />
      {downloadSize === null ? null : (
        <p className="mt-1.5 text-[0.8125rem] text-dim">
          Plus the new base itself: {formatBytes(downloadSize)} to pull at its present size. Estimated from today’s
          layers.
        </p>
      )}
    </Section>
  );
}

function BaseChips({
  chosen,
  images,
  params,
}: Pick<MovesSectionProps, "images" | "params"> & { chosen: LineageImage }) {
  const largest = images.filter(({ imageCount }) => imageCount > 0).toSorted((a, b) => b.imageCount - a.imageCount);
  const offered = largest.slice(0, MAX_OFFERED);
  const listed = offered.includes(chosen) ? offered : [chosen, ...offered];
  const chips = listed.map((image) => ({
    key: image.id,
    href: `${lineageAddress.format(LINEAGE_PATH, { ...params, base: image.id })}#moves`,
    chosen: image === chosen,
    label: <CutName text={lineageName(image)} className="max-w-56" />,
  }));
  return <Chips label="Base" chips={chips} />;
}
