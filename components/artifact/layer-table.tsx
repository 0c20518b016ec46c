import { stratumColour } from "#components/charts/strata.tsx";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, None, shown } from "#components/ui/data-table.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { layerPath } from "#lib/display/paths.ts";
import { LAYER_COLUMNS, type ListedLayer } from "#lib/exports/tables/closure.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { LayerCommand } from "./layer-command.tsx";

interface LayerTableProps {
  readonly layers: readonly ListedLayer[];
  /** The image, if its layers have pages. */
  readonly digest: string | undefined;
  /** Number of rows: older layers have none of their own. */
  readonly limit: number;
  readonly rowHeight: number;
}

const { position, createdBy, contentSize, wastedSize, downloadSize, entryCount, diffId } = LAYER_COLUMNS;

/** The layers, newest first. All rows have the same height, on which the leaders beside them rely. */
export function LayerTable({ layers, digest, limit, rowHeight }: LayerTableProps) {
  return (
    <DataTable
      rows={layers}
      keyOf={(layer) => layer.position}
      rowHeight={rowHeight}
      rowClass={() => ""}
      rowProps={(layer) => ({ id: `layer-${layer.position}`, "data-twin": layer.diffId })}
      limit={limit}
      rest={(count) => `${formatCounted(count, "older layer")} not listed one by one`}
      columns={[
        shown<ListedLayer>(position, {
          heading: <span className="sr-only">Position</span>,
          headingClass: "w-6 sm:w-8",
          className: "text-dim",
          cell: (layer) => layer.position,
        }),
        shown<ListedLayer>(createdBy, {
          className: "overflow-hidden",
          cell: (layer) => (
            <MaybeLink
              href={digest === undefined ? undefined : layerPath(digest, layer.position)}
              className={digest === undefined ? "block" : "quiet-link block"}
            >
              <span className="sr-only">Layer {layer.position}: </span>
              <LayerCommand made={tidyCreatedBy(layer.createdBy)} colour={stratumColour(layer)} />
            </MaybeLink>
          ),
        }),
        shown<ListedLayer>(contentSize, { headingClass: "w-24", cell: (layer) => <Content layer={layer} /> }),
        shown<ListedLayer>(wastedSize, {
          headingClass: "w-24",
          from: "md",
          cell: (layer) => <Wasted layer={layer} />,
        }),
        shown<ListedLayer>(downloadSize, {
          headingClass: "w-24",
          from: "lg",
          cell: ({ downloadSize: bytes }) => (bytes === undefined ? <Dim>not known</Dim> : <Bytes value={bytes} />),
        }),
        shown<ListedLayer>(entryCount, { headingClass: "w-20", from: "lg" }),
        {
          name: "Found in",
          right: true,
          headingClass: "w-24",
          className: "whitespace-nowrap",
          from: "md",
          cell: ({ imageCount }) => (imageCount === 1 ? <Dim>only here</Dim> : `${imageCount} images`),
        },
        shown<ListedLayer>(diffId, {
          right: true,
          headingClass: "w-28",
          from: "xl",
          cell: (layer) => <Digest value={layer.diffId} what="DiffID" />,
        }),
      ]}
    />
  );
}

function Dim({ children }: { children: string }) {
  return <span className="text-dim">{children}</span>;
}

function Wasted({ layer: { contentSize, wastedSize } }: { layer: ListedLayer }) {
  if (contentSize === undefined) return <None />;
  return wastedSize === 0 ? <Dim>none</Dim> : <Bytes value={wastedSize} />;
}

/** On a narrow page with the wasted bytes, which have no column there. */
function Content({ layer: { contentSize: bytes, wastedSize: wasted } }: { layer: ListedLayer }) {
  if (bytes === undefined) return <None />;
  return (
    <>
      <Bytes value={bytes} />
      {wasted === 0 ? null : (
        <span className="block text-2xs text-warn md:hidden">
          <Bytes value={wasted} /> wasted
        </span>
      )}
    </>
  );
}
