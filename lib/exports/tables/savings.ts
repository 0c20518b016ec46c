import { nameArtifacts } from "#lib/display/artifact-names.ts";
import type { DownloadFigure, PenalisedLayer, RungFigure, SavingsAnswer } from "#lib/model/answer.ts";
import type { CsvTable } from "../csv.ts";
import { type Column, column, type Table, toTable } from "../table.ts";

type Estimate = Pick<DownloadFigure, "bytes" | "estimated">;

const KNOWN = column<Estimate>("How known", "text", ({ bytes, estimated }) => {
  if (bytes === null) return "not known: a source has no download sizes";
  return estimated ? "estimated" : "measured";
});

/** The bytes of a figure as the difference to those of `base`, as a share of them: −0.25 is a quarter less. */
function against(base: string, bases: readonly { readonly rung: string; readonly bytes: number | null }[]) {
  const whole = bases.find(({ rung }) => rung === base)?.bytes ?? null;
  return ({ bytes }: Pick<Estimate, "bytes">) => (bytes === null || !whole ? null : bytes / whole - 1);
}

/** The columns of the ladder. */
export function rungColumns({ rungs }: Pick<SavingsAnswer, "rungs">) {
  return {
    rung: column<RungFigure>("Rung", "rung", ({ rung }) => rung),
    bytes: column<RungFigure>("Needed", "bytes", ({ bytes }) => bytes),
    againstChain: column<RungFigure>("Against chain", "change", against("chain", rungs), { measure: "chain" }),
    againstLayer: column<RungFigure>("Against layer", "change", against("layer", rungs), { measure: "layer" }),
    units: column<RungFigure>("Units", "count", ({ units }) => units),
    known: KNOWN,
  };
}

export function downloadColumns({ download }: Pick<SavingsAnswer, "download">) {
  const measure = "downloadLadder";
  return {
    rung: column<DownloadFigure>("Rung", "text", ({ rung }) => rung),
    bytes: column<DownloadFigure>("Downloaded", "bytes", ({ bytes }) => bytes, { measure }),
    againstBlob: column<DownloadFigure>("Against blob", "change", against("blob", download), { measure }),
    known: KNOWN,
  };
}

export const PENALISED_COLUMNS = {
  diffId: column<PenalisedLayer>("Layer", "digest", ({ diffId }) => diffId),
  size: column<PenalisedLayer>("Size", "bytes", ({ contentSize, downloadSize }) => contentSize ?? downloadSize ?? null),
  extraBytes: column<PenalisedLayer>("Stored again", "bytes", ({ extraBytes }) => extraBytes, {
    measure: "orderPenalty",
  }),
};

/** The added cost of an artifact, given by its position, on each rung. */
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

export function toSavingsTables(answer: SavingsAnswer): Table[] {
  return [
    toTable("The ladder", Object.values(rungColumns(answer)), answer.rungs),
    toPenaltyTable(answer),
    toTable("On the wire", Object.values(downloadColumns(answer)), answer.download),
    toMarginalTable(answer),
  ];
}

export function toPenaltyTable({ artifacts, penalisedLayers }: SavingsAnswer): Table {
  const names = nameArtifacts(artifacts);
  const places = column<PenalisedLayer>("Positions", "text", (layer) =>
    layer.places.map(({ artifact, position }) => `${names[artifact]!} at ${position}`).join(", "),
  );
  return toTable("Layers on several bases", [...Object.values(PENALISED_COLUMNS), places], penalisedLayers);
}

export function toMarginalTable({ artifacts, rungs }: Pick<SavingsAnswer, "artifacts" | "rungs">): Table {
  const names = nameArtifacts(artifacts);
  const artifact = column<number>("Artifact", "text", (i) => names[i]!);
  return toTable("Added cost per artifact", [artifact, ...marginalColumns({ rungs })], [...names.keys()]);
}
