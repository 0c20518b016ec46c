import Link from "next/link";
import type { ReactNode } from "react";
import { shown } from "#components/ui/data-table.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { PathTable } from "#components/ui/path-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { layerPath, listedFilePath, listedPath } from "#lib/display/paths.ts";
import { WASTE_COLUMNS } from "#lib/exports/tables/closure.ts";
import type { WastedList } from "#lib/views/artifact.ts";

interface WasteProps {
  /** The image, if its layers have pages: a report outlives them. */
  readonly digest?: string;
  readonly wasted: WastedList;
  readonly moreHref?: string | undefined;
  readonly tools?: ReactNode;
}

/** The files that the image contains and no container sees. */
export function Waste({ digest, wasted, moreHref, tools }: WasteProps) {
  const { count, bytes } = wasted;
  if (count === 0)
    return (
      <Section id="waste" title="Waste">
        <p className="text-[0.8125rem] text-dim">No wasted space.</p>
      </Section>
    );
  return (
    <Section id="waste" title="Waste" note={`${formatCounted(count, "file")}, ${formatBytes(bytes)}`} tools={tools}>
      <PathTable
        label="Wasted bytes"
        {...wasted}
        keyOf={({ layer, path }) => `${layer} ${path}`}
        pathOf={({ path, layer }) => (
          <MaybeLink
            href={digest === undefined ? undefined : listedFilePath(digest, path, layer)}
            className={digest === undefined ? "" : "quiet-link"}
          >
            <Visible text={`/${path}`} />
          </MaybeLink>
        )}
        columns={[
          shown(WASTE_COLUMNS.layer, {
            cell: ({ layer, path }) => <LayerLink digest={digest} position={layer} path={path} />,
          }),
          shown(WASTE_COLUMNS.hiddenBy, {
            cell: ({ hiddenBy, path }) => <LayerLink digest={digest} position={hiddenBy} path={path} />,
          }),
        ]}
        moreHref={moreHref}
      />
    </Section>
  );
}

interface LayerLinkProps {
  readonly digest: string | undefined;
  readonly position: number;
  /** A path that the layer's page shows. */
  readonly path?: string;
}

/** The page of a layer, with this path in it; its row on this page if it has none. */
export function LayerLink({ digest, position, path }: LayerLinkProps) {
  const text = path === undefined || listedPath(path) === undefined ? undefined : `/${path}`;
  const href = digest === undefined ? `#layer-${position}` : layerPath(digest, position, { text });
  return (
    <Link href={href} prefetch={false} className="quiet-link tabular-nums">
      {position}
    </Link>
  );
}
