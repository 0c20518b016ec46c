import Link from "next/link";
import { Thumbnail } from "#components/charts/thumbnail.tsx";
import { Bytes, Count } from "#components/ui/bytes.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { OtherNames } from "#components/ui/other-names.tsx";
import { Cell, CutRow, Heading, SortHeading, type SortLink, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted, formatShare } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import type { ArtifactCard, ArtifactSort } from "#lib/views/home.ts";

interface ArtifactTableProps {
  readonly artifacts: readonly ArtifactCard[];
  readonly matching: number;
  readonly sortBy: (sort: ArtifactSort) => SortLink;
  readonly moreHref: string | undefined;
  /** Milliseconds since the epoch: when the page was made. */
  readonly now: number;
}

const COLUMNS = 8;

/** What is here, a row an artifact. */
export function ArtifactTable({ artifacts, matching, sortBy, moreHref, now }: ArtifactTableProps) {
  const cut = matching - artifacts.length;
  return (
    <TableFrame label="Images and closures">
      <thead>
        <tr>
          <SortHeading sort={sortBy("name")}>Name</SortHeading>
          <SortHeading sort={sortBy("bytes")} align="right" measure="layersContentSize">
            Size
          </SortHeading>
          <SortHeading
            sort={sortBy("download")}
            align="right"
            className="hidden lg:table-cell"
            measure="downloadSize"
          />
          <SortHeading sort={sortBy("wasted")} align="right" measure="wastedSize" />
          <SortHeading sort={sortBy("layers")} align="right" className="hidden md:table-cell">
            Layers
          </SortHeading>
          <SortHeading sort={sortBy("nodes")} align="right" className="hidden md:table-cell">
            Nodes
          </SortHeading>
          <SortHeading sort={sortBy("scanned")} align="right" className="hidden sm:table-cell">
            Scanned
          </SortHeading>
          <Heading align="right" className="hidden lg:table-cell">
            Digest
          </Heading>
        </tr>
      </thead>
      <tbody>
        {artifacts.map((artifact) => (
          <ArtifactTableRow key={artifact.id} artifact={artifact} now={now} />
        ))}
        {cut > 0 ? (
          <CutRow columns={COLUMNS} href={moreHref}>
            {formatCounted(cut, "more artifact")} not shown
          </CutRow>
        ) : null}
      </tbody>
    </TableFrame>
  );
}

function ArtifactTableRow({ artifact, now }: { artifact: ArtifactCard; now: number }) {
  const image = artifact.kind === "image";
  return (
    <tr className="hover:bg-shade">
      <Cell>
        <Link href={artifactPath(artifact.digest)} className="group flex items-center gap-3 py-1.5">
          <Thumbnail column={artifact.column} width={22} height={32} />
          <span className="min-w-0">
            <span className="block font-medium break-all group-hover:text-accent">
              <Visible text={artifact.name} />
              <OtherNames names={artifact.names.slice(1)} more={artifact.nameCount - artifact.names.length} />
            </span>
            <span className="block text-xs text-dim">
              {artifact.kind}
              {artifact.platform === "" ? null : (
                <>
                  {" · "}
                  <Visible text={artifact.platform} />
                </>
              )}
            </span>
          </span>
        </Link>
      </Cell>
      <Cell align="right">
        <Bytes value={image ? artifact.layersContentSize : artifact.closureSize} />
      </Cell>
      <Cell align="right" className="hidden lg:table-cell">
        {artifact.downloadSize === undefined ? <None /> : <Bytes value={artifact.downloadSize} />}
      </Cell>
      <Cell align="right">
        {image ? <Wasted bytes={artifact.wastedSize} of={artifact.layersContentSize} /> : <None />}
      </Cell>
      <Cell align="right" className="hidden md:table-cell">
        {image ? <Count value={artifact.layerCount} /> : <None />}
      </Cell>
      <Cell align="right" className="hidden md:table-cell">
        <Count value={artifact.nodeCount} />
      </Cell>
      <Cell align="right" className="hidden text-dim sm:table-cell">
        <time
          dateTime={new Date(artifact.scannedAt).toISOString()}
          data-tip={new Date(artifact.scannedAt).toUTCString()}
        >
          {relativeTime(artifact.scannedAt, now)}
        </time>
      </Cell>
      <Cell align="right" className="hidden lg:table-cell">
        <Digest value={artifact.digest} />
      </Cell>
    </tr>
  );
}

function Wasted({ bytes, of }: { bytes: number; of: number }) {
  if (bytes === 0) return <span className="text-dim">none</span>;
  return (
    <>
      <Bytes value={bytes} />
      <span className="block text-xs text-dim">{formatShare(bytes, of)}</span>
    </>
  );
}

function None() {
  return <span className="text-dim">–</span>;
}
