import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { MEASURES, type MeasureName } from "#lib/display/measures.ts";
import type {
  Answer,
  ArtifactLabel,
  ClosureAnswer,
  DiffAnswer,
  OverlapAnswer,
  SavingsAnswer,
} from "#lib/model/answer.ts";

/** A figure at a report's head, with the label of its page. */
export interface ReportFigure {
  readonly measure: MeasureName;
  readonly label: string;
  /** Its artifact, if there are several; else "". */
  readonly of: string;
  readonly bytes: number;
  /** A difference, written with its sign. */
  readonly signed?: boolean;
  readonly estimated?: boolean;
}

/** The two to four main figures, the most important first. */
export function toReportFigures(answer: Answer): ReportFigure[] {
  switch (answer.question) {
    case "diff":
      return toDiffFigures(answer);
    case "overlap":
      return toOverlapFigures(answer);
    case "savings":
      return toSavingsFigures(answer);
    case "closure":
      return toClosureFigures(answer);
  }
}

export function formatFigure({ bytes, signed = false, estimated = false }: ReportFigure): string {
  return `${estimated ? "≈ " : ""}${signed ? formatDelta(bytes) : formatBytes(bytes)}`;
}

/** Label and artifact in one line. */
export function figureName({ label, of }: ReportFigure): string {
  return of === "" ? label : `${label}, ${of}`;
}

/** The measure of an artifact's total. */
export function totalMeasure({ kind }: Pick<ArtifactLabel, "kind">): MeasureName {
  return kind === "image" ? "rootfsSize" : "closureSize";
}

function figure(measure: MeasureName, bytes: number, label: string = MEASURES[measure].label): ReportFigure {
  return { measure, label, of: "", bytes };
}

function toDiffFigures({ artifacts, totals }: DiffAnswer): ReportFigure[] {
  const names = nameArtifacts(artifacts);
  return [
    { ...figure(totalMeasure(artifacts[0]), totals.left), of: names[0]! },
    { ...figure(totalMeasure(artifacts[1]), totals.right), of: names[1]! },
    { ...figure("delta", totals.delta), signed: true },
  ];
}

function toOverlapFigures({ artifacts, cells, union }: OverlapAnswer): ReportFigure[] {
  const all = cells.find((cell) => cell.in.length === artifacts.length)?.bytes ?? 0;
  const alone = cells.filter((cell) => cell.in.length === 1).reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    figure("union", union.bytes),
    figure("cell", all, artifacts.length === 2 ? "In both" : `In all ${artifacts.length}`),
    figure("cell", alone, "In only one"),
  ];
}

const TOLD_RUNGS = ["chain", "layer", "file"];

function toSavingsFigures({ rungs }: SavingsAnswer): ReportFigure[] {
  return rungs
    .filter(({ rung }) => TOLD_RUNGS.includes(rung))
    .map(({ rung, bytes, estimated }) => ({ ...figure(rung, bytes), estimated }));
}

function toClosureFigures({ artifacts: [artifact], total, image }: ClosureAnswer): ReportFigure[] {
  if (artifact.kind === "closure") return [figure("closureSize", total.bytes)];
  const figures = [
    figure("rootfsSize", total.bytes),
    figure("layersContentSize", artifact.byteCount),
    figure("wastedSize", artifact.byteCount - total.bytes),
  ];
  const download = image?.sizes.downloadSize;
  return download === undefined ? figures : [...figures, figure("downloadSize", download)];
}
