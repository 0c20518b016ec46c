import { stratumColour } from "#components/charts/strata.tsx";
import { Bytes, Count } from "#components/ui/bytes.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Heading } from "#components/ui/table.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { tidyCreatedBy } from "#lib/display/created-by.ts";
import type { ListedLayer } from "#lib/exports/tables/closure.ts";
import { LayerCommand } from "./layer-command.tsx";

interface LayerTableProps {
  readonly layers: readonly ListedLayer[];
  /** Older layers without a row. */
  readonly olderCount: number;
  readonly rowHeight: number;
}

/** The layers, newest first. All rows have the same height, on which the leaders beside them rely. */
export function LayerTable({ layers, olderCount, rowHeight }: LayerTableProps) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-[0.8125rem]">
      <thead>
        <tr>
          <Heading className="w-6 sm:w-8" align="right">
            <span className="sr-only">Position</span>
          </Heading>
          <Heading>Made by</Heading>
          <Heading align="right" className="w-24">
            <MeasureLabel name="contentSize" />
          </Heading>
          <Heading align="right" className="hidden w-24 md:table-cell">
            <MeasureLabel name="wastedSize" />
          </Heading>
          <Heading align="right" className="hidden w-24 lg:table-cell">
            <MeasureLabel name="downloadSize" />
          </Heading>
          <Heading align="right" className="hidden w-20 lg:table-cell">
            Entries
          </Heading>
          <Heading align="right" className="hidden w-24 md:table-cell">
            Found in
          </Heading>
          <Heading align="right" className="hidden w-28 xl:table-cell">
            DiffID
          </Heading>
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <LayerTableRow key={layer.position} layer={layer} rowHeight={rowHeight} />
        ))}
        {olderCount === 0 ? null : (
          <tr style={{ height: rowHeight }}>
            <td colSpan={8} className="px-2 text-dim">
              {formatCounted(olderCount, "older layer")} not listed one by one
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

const CELL = "border-b border-line px-2 last:pr-0";

function LayerTableRow({ layer, rowHeight }: { layer: ListedLayer; rowHeight: number }) {
  return (
    <tr data-twin={layer.diffId} id={`layer-${layer.position}`} style={{ height: rowHeight }}>
      <td className={`${CELL} text-right text-dim`}>{layer.position}</td>
      <td className={`${CELL} overflow-hidden`}>
        <LayerCommand made={tidyCreatedBy(layer.createdBy)} colour={stratumColour(layer)} />
      </td>
      <td className={`${CELL} text-right`}>
        <Bytes value={layer.contentSize} />
        {layer.wastedSize === 0 ? null : (
          <span className="block text-2xs text-warn md:hidden">
            <Bytes value={layer.wastedSize} /> wasted
          </span>
        )}
      </td>
      <td className={`${CELL} hidden text-right md:table-cell`}>
        {layer.wastedSize === 0 ? <span className="text-dim">none</span> : <Bytes value={layer.wastedSize} />}
      </td>
      <td className={`${CELL} hidden text-right lg:table-cell`}>
        {layer.downloadSize === undefined ? (
          <span className="text-dim">not known</span>
        ) : (
          <Bytes value={layer.downloadSize} />
        )}
      </td>
      <td className={`${CELL} hidden text-right lg:table-cell`}>
        <Count value={layer.entryCount} />
      </td>
      <td className={`${CELL} hidden text-right whitespace-nowrap md:table-cell`}>
        {layer.imageCount === 1 ? <span className="text-dim">only here</span> : `${layer.imageCount} images`}
      </td>
      <td className={`${CELL} hidden text-right xl:table-cell`}>
        <Digest value={layer.diffId} what="DiffID" />
      </td>
    </tr>
  );
}
