import { Maximize2, Minimize2 } from "lucide-react";
import type { RefObject } from "react";
import { ZOOM_STEP } from "#lib/pictures/camera-place.ts";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";
import { ZoomTools } from "../zoom-tools.tsx";
import { download, drawingAsPng, drawingAsSvg } from "./export-drawing.ts";
import type { CameraControl } from "./use-camera.ts";

interface OverviewToolsProps {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly placed: PlacedOverview;
  /** Of the files. */
  readonly name: string;
  readonly full: boolean;
  readonly setFull: (full: boolean) => void;
  readonly control: CameraControl;
}

/** Zoom, full window, and the drawing as a file. */
export function OverviewTools({ svg, placed, name, full, setFull, control }: OverviewToolsProps) {
  const save = async (kind: "svg" | "png") => {
    if (svg.current === null) return;
    const blob =
      kind === "png"
        ? await drawingAsPng(svg.current, placed)
        : new Blob([drawingAsSvg(svg.current, placed)], { type: "image/svg+xml" });
    download(blob, `${name.replaceAll(/[^\w.-]+/g, "-")}-overview.${kind}`);
  };
  return (
    <>
      <ZoomTools
        zoomOut={() => control.zoom(1 / ZOOM_STEP)}
        zoomIn={() => control.zoom(ZOOM_STEP)}
        fit={control.fit}
        fitLabel="Fit"
      />
      <button
        type="button"
        onClick={() => setFull(!full)}
        className="overview-tool"
        aria-pressed={full}
        aria-label="Full window"
        data-tip={full ? "Leave the full window" : "Full window"}
      >
        {full ? <Minimize2 aria-hidden size={14} /> : <Maximize2 aria-hidden size={14} />}
      </button>
      {(["svg", "png"] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          onClick={() => void save(kind)}
          className="overview-tool"
          aria-label={`Save as ${kind.toUpperCase()}`}
          data-tip={`Save the whole drawing as ${kind.toUpperCase()}`}
        >
          {kind.toUpperCase()}
        </button>
      ))}
    </>
  );
}
