import { Bytes } from "#components/ui/bytes.tsx";
import { Cell, CutRow, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import type { WastedList } from "#lib/views/artifact.ts";

/** The largest bodies that the image ships and no container sees. */
export function WasteTable({ wasted, moreHref }: { wasted: WastedList; moreHref?: string | undefined }) {
  const cut = wasted.count - wasted.rows.length;
  const shown = wasted.rows.reduce((sum, { byteCount }) => sum + byteCount, 0);
  return (
    <TableFrame label="Wasted bytes">
      <thead>
        <tr>
          <Heading>Path</Heading>
          <Heading align="right">Bytes</Heading>
          <Heading align="right">Layer</Heading>
          <Heading align="right">Hidden by</Heading>
        </tr>
      </thead>
      <tbody>
        {wasted.rows.map(({ path, byteCount, layer, hiddenBy }) => (
          <tr key={`${layer} ${path}`} className="hover:bg-shade">
            <Cell className="w-full min-w-40 py-1.5 font-mono text-xs break-all">
              <Visible text={`/${path}`} />
            </Cell>
            <Cell align="right">
              <Bytes value={byteCount} />
            </Cell>
            <Cell align="right">
              <LayerLink position={layer} />
            </Cell>
            <Cell align="right">
              <LayerLink position={hiddenBy} />
            </Cell>
          </tr>
        ))}
        {cut > 0 ? (
          <CutRow columns={4} href={moreHref}>
            {formatCounted(cut, "more file")} with {formatBytes(wasted.bytes - shown)}
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

export function LayerLink({ position }: { position: number }) {
  return (
    <a href={`#layer-${position}`} className="quiet-link tabular-nums">
      {position}
    </a>
  );
}
