import { Chips } from "#components/ui/chips.tsx";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { listNames } from "#lib/display/list-names.ts";
import { groupsWords } from "#lib/display/relayer-words.ts";
import { HELD_LAYER_COLUMNS, type HeldLayer, listHeldLayers } from "#lib/exports/tables/relayer.ts";
import type { RelayerAnswer } from "#lib/model/relayer-answer.ts";
import {
  type LAYER_SORTS,
  RELAYER_PATH,
  type RelayerParams,
  relayerAddress,
  relayerCsvPath,
  relayerHref,
} from "./relayer-address.ts";

interface LayerSectionProps {
  readonly answer: RelayerAnswer;
  readonly params: RelayerParams;
}

/** The layers after the cut, the largest first: those of several images, or all. */
export function LayerSection({ answer, params }: LayerSectionProps) {
  const isAlone = answer.images.length === 1;
  const shared = listHeldLayers(answer, true);
  const listed = isAlone || params.show === "all" ? listHeldLayers(answer) : shared;
  const { rows, sortBy } = sortColumns<HeldLayer, (typeof LAYER_SORTS)[number]>(
    HELD_LAYER_COLUMNS,
    listed,
    { sort: params.layersort, direction: params.layerdirection },
    (layersort, layerdirection) => relayerHref(params, { layersort, layerdirection }, "layers"),
  );
  const { bytes, imageCount, groups } = HELD_LAYER_COLUMNS;
  const columns: ShownColumn<HeldLayer>[] = [
    shown<HeldLayer>(bytes, { sort: sortBy("bytes"), className: "whitespace-nowrap" }),
    ...(isAlone ? [] : [shown<HeldLayer>(imageCount, { sort: sortBy("imageCount") })]),
    shown<HeldLayer>(groups, {
      sort: sortBy("groups"),
      headingClass: "pl-6",
      className: "w-full min-w-40 py-1 pl-6 break-words",
      cell: (layer) => <Held layer={layer} all={answer.images.length} />,
    }),
  ];
  const counts = { shared: shared.length, all: answer.cut.length };
  return (
    <Section
      id="layers"
      title={isAlone ? "The largest layers" : "The largest shared layers"}
      tools={
        <>
          {isAlone ? null : <ShowChips counts={counts} params={params} />}
          <CsvLink href={relayerCsvPath("layers", params)} />
        </>
      }
    >
      <DataTable
        label="Layers after relayering"
        columns={columns}
        rows={rows}
        keyOf={({ row }) => row}
        limit={params.rows}
        empty="No two of these images share a layer."
        rest={(count) => formatCounted(count, "more layer")}
        moreHref={relayerAddress.more(RELAYER_PATH, params, "rows", "#layers")}
      />
    </Section>
  );
}

/** The contents of a layer, and below them which images have it, unless all do. */
function Held({ layer: { groups, images }, all }: { layer: HeldLayer; all: number }) {
  return (
    <>
      <Visible text={groupsWords(groups)} />
      {all === 1 ? null : (
        <span className="block text-xs text-dim">
          {images.length === all ? "in all images" : <Visible text={`in ${listNames(images)}`} />}
        </span>
      )}
    </>
  );
}

interface ShowChipsProps {
  readonly counts: Readonly<Record<"shared" | "all", number>>;
  readonly params: RelayerParams;
}

function ShowChips({ counts, params }: ShowChipsProps) {
  const chips = (["shared", "all"] as const).map((show) => ({
    key: show,
    href: relayerHref(params, { show }, "layers"),
    chosen: params.show === show,
    label: (
      <>
        {show === "shared" ? "Shared" : "All"} <span className="tabular-nums">{counts[show]}</span>
      </>
    ),
  }));
  return <Chips label="Layers shown" chips={chips} />;
}
