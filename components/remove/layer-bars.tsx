import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import type { Order, SortLink } from "#components/ui/sort-links.ts";
import { Visible } from "#components/ui/visible.tsx";
import { layerPath } from "#lib/display/paths.ts";
import type { AdvisedLayer } from "#lib/model/advice.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";

/** Layers drawn; an image may have 127. */
const SHOWN_LAYERS = 40;

export type LayerSort = "layer" | "bytes" | "listed" | "selected";

export interface LayerOrder extends Order<LayerSort> {
  readonly sortBy: (sort: LayerSort) => SortLink;
}

interface LayerBarsProps {
  readonly layers: readonly AdvisedLayer[];
  readonly digest: string;
  readonly order: LayerOrder;
}

/** Where the listed bytes are: one bar for each layer, all on one scale. */
export function LayerBars({ layers, digest, order: { sort, direction, sortBy } }: LayerBarsProps) {
  const sign = direction === "asc" ? 1 : -1;
  const most = Math.max(1, ...layers.map(({ bytes }) => bytes));
  return (
    <>
      <DataTable
        label="Bytes of each layer that stay, are listed and are selected"
        rows={layers.toSorted((a, b) => sign * (a[sort] - b[sort]) || b.layer - a.layer)}
        limit={SHOWN_LAYERS}
        rest={(count) => `${count} more layers`}
        keyOf={({ layer }) => layer}
        columns={[
          {
            name: "Layer",
            sort: sortBy("layer"),
            className: "max-w-0 w-full min-w-32",
            cell: (layer) => <LayerBar layer={layer} most={most} digest={digest} />,
          },
          {
            name: "Content",
            measure: "contentSize",
            sort: sortBy("bytes"),
            right: true,
            cell: ({ bytes }) => <Bytes value={bytes} />,
          },
          {
            name: "Listed",
            sort: sortBy("listed"),
            right: true,
            from: "sm",
            cell: ({ listed }) => <Bytes value={listed} />,
          },
          {
            name: "Selected",
            sort: sortBy("selected"),
            right: true,
            cell: ({ selected }) => <Bytes value={selected} />,
          },
        ]}
      />
      <ul aria-label="Legend" className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-xs text-dim">
        <Key className="bg-(--rock-unique)">stays</Key>
        <Key className="border border-dashed border-line-strong bg-raised">listed, not selected</Key>
        <Key className="removed">selected</Key>
      </ul>
    </>
  );
}

function LayerBar({ layer, most, digest }: { layer: AdvisedLayer; most: number; digest: string }) {
  const { bytes, listed, selected } = layer;
  const width = (part: number) => ({ width: `${(100 * part) / most}%` });
  return (
    <div className="py-1.5">
      <Link href={layerPath(digest, layer.layer)} prefetch={false} className="quiet-link flex gap-2 text-xs">
        <span className="tabular-nums">{layer.layer}</span>
        <Visible text={tidyCreatedBy(layer.createdBy)} className="truncate" />
      </Link>
      <div aria-hidden className="mt-1 flex h-4">
        <span className="bg-(--rock-unique)" style={width(bytes - Math.max(listed, selected))} />
        <span
          className="border border-dashed border-line-strong bg-raised"
          style={{ ...width(listed - selected), display: listed <= selected ? "none" : undefined }}
        />
        <span className="removed" style={width(selected)} />
      </div>
    </div>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className={`inline-block size-3 rounded-[2px] ${className}`} />
      {children}
    </li>
  );
}
