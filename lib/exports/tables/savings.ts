import { nameArtifacts } from "#lib/display/artifact-names.ts";
import type { DownloadFigure, PenalisedLayer, RungFigure, SavingsAnswer } from "#lib/model/answer.ts";
import type { CsvTable } from "../csv.ts";
import { type Column, changeAgainst, column, isFilled, type ReportTable, reportTable } from "../table.ts";

const knownColumn = column<{ readonly estimated: boolean }>("How known", "text", ({ estimated }) => known(estimated));

function known(estimated: boolean): string {
  return estimated ? "estimated" : "measured";
}

/** The ladder's columns; the compared figures come from its own rungs. */
export function rungColumns({ rungs }: Pick<SavingsAnswer, "rungs">) {
  const against = (other: "chain" | "layer"): Column<RungFigure> => {
    const whole = rungs.find(({ rung }) => rung === other)?.bytes ?? 0;
    return column(`Against ${other}`, "change", ({ bytes }) => changeAgainst(bytes, whole), { measure: other });
  };
  return {
    rung: column<RungFigure>("Rung", "rung", ({ rung }) => rung),
    bytes: column<RungFigure>("Needed", "bytes", ({ bytes }) => bytes),
    againstChain: against("chain"),
    againstLayer: against("layer"),
    units: column<RungFigure>("Units", "count", ({ units }) => units),
  };
}

export function downloadColumns({ download }: Pick<SavingsAnswer, "download">) {
  const blobs = download.find(({ rung }) => rung === "blob")?.bytes ?? null;
  const measure = "downloadLadder";
  return {
    rung: column<DownloadFigure>("Rung", "text", ({ rung }) => rung),
    bytes: column<DownloadFigure>("Downloaded", "bytes", ({ bytes }) => bytes, { measure }),
    againstBlob: column<DownloadFigure>("Against blob", "change", ({ bytes }) => changeAgainst(bytes, blobs), {
      measure,
    }),
  };
}

export const PENALISED_COLUMNS = {
  diffId: column<PenalisedLayer>("Layer", "digest", ({ diffId }) => diffId),
  contentSize: column<PenalisedLayer>("Content", "bytes", ({ contentSize }) => contentSize, { measure: "contentSize" }),
  extraBytes: column<PenalisedLayer>("Stored again", "bytes", ({ extraBytes }) => extraBytes, {
    measure: "orderPenalty",
  }),
};

/** For each rung the added cost of an artifact, given by its position. */
export function marginalColumns({ rungs }: Pick<SavingsAnswer, "rungs">): Column<number>[] {
  return rungs.map(({ rung, marginal }) => column(rung, "bytes", (i) => marginal[i]!, { measure: "marginal" }));
}

/** The tables of the savings page, as CSV files. */
export const SAVINGS_CSV: Readonly<Record<string, (answer: SavingsAnswer) => CsvTable>> = {
  ladder: ({ rungs, download }) => ({
    header: ["ladder", "rung", "bytes", "units", "estimated"],
    rows: [
      ...rungs.map(({ rung, bytes, units, estimated }) => ["disk", rung, bytes, units, estimated]),
      ...download.map(({ rung, bytes, estimated }) => ["download", rung, bytes, null, estimated]),
    ],
  }),
  marginal: (answer) => {
    const columns = marginalColumns(answer);
    const rows = nameArtifacts(answer.artifacts).map((name, i) => [name, ...columns.map(({ value }) => value(i))]);
    return { header: ["artifact", ...columns.map(({ name }) => name)], rows };
  },
};

export function toSavingsTables(answer: SavingsAnswer): ReportTable[] {
  const { rungs, penalisedLayers, download } = answer;
  const names = nameArtifacts(answer.artifacts);
  const places = column<PenalisedLayer>("Positions", "text", (layer) =>
    layer.places.map(({ artifact, position }) => `${names[artifact]!} at ${position}`).join(", "),
  );
  const howKnown = column<DownloadFigure>("How known", "text", ({ bytes, estimated }) =>
    bytes === null ? "not known: a source stores its layers uncompressed" : known(estimated),
  );
  return [
    reportTable("The ladder", [...Object.values(rungColumns(answer)), knownColumn], rungs),
    reportTable("Layers on several bases", [...Object.values(PENALISED_COLUMNS), places], penalisedLayers),
    reportTable("On the wire", [...Object.values(downloadColumns(answer)), howKnown], download),
    reportTable(
      "Added cost per artifact",
      [column<number>("Artifact", "text", (i) => names[i]!), ...marginalColumns(answer)],
      [...names.keys()],
    ),
  ].filter(isFilled);
}
