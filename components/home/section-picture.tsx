import Link from "next/link";
import { ScaleMarks } from "#components/charts/scale-marks.tsx";
import { Thumbnail } from "#components/charts/thumbnail.tsx";
import { Linked } from "#components/ui/linked.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import type { ArtifactCard } from "#lib/views/home.ts";

const HEIGHT = 208;
const WIDTH = 64;
const LEAST = 3;

/** The columns of what is listed, side by side on one scale: equal strata have equal colours. */
export function SectionPicture({ artifacts }: { artifacts: readonly ArtifactCard[] }) {
  const deepest = Math.max(...artifacts.map(({ column }) => column.bytes), 1);
  return (
    <Linked className="relative">
      <ScaleMarks bytes={deepest} height={HEIGHT} top={0} figures="below" className="absolute inset-x-0 top-0" />
      <ol className="relative flex gap-5 overflow-x-auto pb-2 pl-16" aria-label="Columns on one scale">
        {artifacts.map((artifact) => (
          <li key={artifact.id} className="shrink-0" style={{ width: WIDTH + 16 }}>
            <Link href={artifactPath(artifact.digest)} className="group block">
              <div className="flex items-end border-b border-line-strong" style={{ height: HEIGHT }}>
                <Thumbnail
                  column={artifact.column}
                  width={WIDTH}
                  height={Math.max(LEAST, (HEIGHT * artifact.column.bytes) / deepest)}
                  live
                />
              </div>
              <div className="mt-1.5 line-clamp-2 text-xs leading-4 break-words group-hover:text-accent">
                <Visible text={artifact.name} />
              </div>
              <div className="text-2xs text-dim">{formatBytes(artifact.column.bytes)}</div>
            </Link>
          </li>
        ))}
      </ol>
    </Linked>
  );
}
