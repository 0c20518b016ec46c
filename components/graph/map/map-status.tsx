import type { ReactNode } from "react";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import type { AnyMapNodes } from "#lib/model/map-nodes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { visitCells } from "#lib/pictures/map/visit-cells.ts";
import type { Lit } from "./light-up.ts";

interface MapStatusProps {
  readonly section: MapSection;
  readonly nodes: AnyMapNodes | undefined;
  readonly unit: MeasureUnit;
  readonly lit: Lit | undefined;
  readonly scene: MapScene | undefined;
  readonly starter: string | undefined;
  readonly standIns: boolean;
  /** What is drawn, instead of what one artifact is. */
  readonly told?: ReactNode;
}

/** What is shown, never without the whole: all nodes, those in view, or what is lit. */
export function MapStatus({ section, nodes, unit, lit, scene, starter, standIns, told }: MapStatusProps) {
  return (
    <p data-testid="map-status" aria-live="polite" className="min-w-0 text-[0.8125rem] text-dim">
      {lit?.sets !== undefined && nodes !== undefined ? (
        <>
          <Strong>{formatCount(lit.sets.needingCount)}</Strong> {lit.sets.needingCount === 1 ? "needs" : "need"}{" "}
          <Visible text={nodes.names[section.nodeAt[lit.position]!]!} className="text-ink" />, it needs{" "}
          <Strong>{formatCount(lit.sets.neededCount)}</Strong>
        </>
      ) : scene !== undefined && scene.camera.zoom > 1 ? (
        <>
          <Strong>{formatCount(countInView(scene))}</Strong> of {formatCounted(section.nodeAt.length, "node")} in view
        </>
      ) : told !== undefined ? (
        told
      ) : (
        <>
          <Strong>{formatCounted(section.nodeAt.length, "node")}</Strong>
          {wholeOf(section, unit)}, {sourceOf(section, starter)}
          {standIns ? <StandIns /> : null}
        </>
      )}
    </p>
  );
}

function StandIns() {
  return (
    <span data-tip="No garbage collector roots were found with this store. Each path to which nothing refers is taken for a root.">
      {" "}
      (stand-ins: the store’s own roots are not known)
    </span>
  );
}

function Strong({ children }: { children: string }) {
  return <strong className="font-medium text-ink">{children}</strong>;
}

function wholeOf({ strata }: MapSection, unit: MeasureUnit): string {
  return unit === "bytes" ? `, ${formatBytes(strata.reduce((sum, { bytes }) => sum + bytes, 0))}` : "";
}

function sourceOf({ startCount }: MapSection, starter: string | undefined): string {
  if (starter !== undefined) return `from the ${formatCounted(startCount, "node")} that ${starter} needs`;
  return `from ${formatCounted(startCount, "root")}`;
}

/** Pixels of a side from which a node counts as seen. */
const MIN_SEEN = 1;

function countInView(scene: MapScene): number {
  const { width, height } = scene.room;
  let count = 0;
  const walk = { region: { x: 0, y: 0, width, height }, minWidth: MIN_SEEN, minHeight: MIN_SEEN };
  visitCells(scene, walk, { cell: () => count++ });
  return count;
}
