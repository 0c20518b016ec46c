import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes, formatKnown } from "#lib/display/bytes.ts";
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

/** A figure at a report's head, with the label of its page, and of its artifact if there are several. */
export interface ReportFigure {
  readonly measure: MeasureName;
  readonly label: string;
  /** `null` if they are not known. */
  readonly bytes: number | null;
  /** The bytes as shown: a difference with its sign, an estimate as such. */
  readonly text: string;
}

interface MeasuredFigure extends ReportFigure {
  readonly bytes: number;
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

/** The measure of an artifact's total. */
export function totalMeasure({ kind }: Pick<ArtifactLabel, "kind">): MeasureName {
  return kind === "image" ? "rootfsSize" : "closureSize";
}

function figure(measure: MeasureName, bytes: number, label: string = MEASURES[measure].label): MeasuredFigure {
  return { measure, label, bytes, text: formatBytes(bytes) };
}

function toDiffFigures({ artifacts, totals: { left, right, delta } }: DiffAnswer): ReportFigure[] {
  const names = nameArtifacts(artifacts);
  const sides = [left, right].map((bytes, i) => {
    const measure = totalMeasure(artifacts[i]!);
    return figure(measure, bytes, `${MEASURES[measure].label}, ${names[i]}`);
  });
  return [...sides, { ...figure("delta", delta), text: formatDelta(delta) }];
}

export function toOverlapFigures({ artifacts, cells, union }: OverlapAnswer): MeasuredFigure[] {
  const all = cells.find((cell) => cell.in.length === artifacts.length)?.bytes ?? 0;
  const alone = cells.filter((cell) => cell.in.length === 1).reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    figure("union", union.bytes),
    figure("cell", all, artifacts.length === 2 ? "In both" : `In all ${artifacts.length}`),
    figure("cell", alone, "In only one"),
  ];
}

const MAIN_RUNGS = ["chain", "layer", "file"];

function toSavingsFigures({ rungs }: SavingsAnswer): ReportFigure[] {
  return rungs
    .filter(({ rung }) => MAIN_RUNGS.includes(rung))
    .map(({ rung, bytes, estimated }) => ({
      ...figure(rung, 0),
      bytes,
      text: `${estimated ? "≈ " : ""}${formatKnown(bytes)}`,
    }));
}

function toClosureFigures({ artifacts: [artifact], total, image }: ClosureAnswer): ReportFigure[] {
  if (artifact.kind === "closure") return [figure("closureSize", total.bytes)];
  const download = image?.sizes.downloadSize;
  return [
    figure("rootfsSize", total.bytes),
    figure("layersContentSize", artifact.byteCount),
    figure("wastedSize", artifact.byteCount - total.bytes),
    ...(download === undefined ? [] : [figure("downloadSize", download)]),
  ];
}
