import { nameArtifacts } from "#lib/display/artifact-names.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { changeAgainst, column, isFilled, type ReportTable } from "./report-table.ts";

export function toSavingsTables(answer: SavingsAnswer): ReportTable[] {
  const names = nameArtifacts(answer.artifacts);
  return [toLadder(answer), toPenalised(answer, names), toDownload(answer), toMarginal(answer, names)].filter(isFilled);
}

function toLadder({ rungs }: SavingsAnswer): ReportTable {
  const bytesOf = (name: string) => rungs.find(({ rung }) => rung === name)?.bytes ?? 0;
  const [chain, layer] = [bytesOf("chain"), bytesOf("layer")];
  return {
    title: "The ladder",
    columns: [
      column("Rung", "rung"),
      column("Needed", "bytes"),
      column("Against chain", "change", "chain"),
      column("Against layer", "change", "layer"),
      column("Units", "count"),
      column("How known"),
    ],
    rows: rungs.map(({ rung, bytes, units, estimated }) => {
      return [rung, bytes, changeAgainst(bytes, chain), changeAgainst(bytes, layer), units, known(estimated)];
    }),
  };
}

function toPenalised({ penalisedLayers }: SavingsAnswer, names: readonly string[]): ReportTable {
  return {
    title: "Layers that stand on several bases",
    columns: [
      column("Layer", "digest"),
      column("Content", "bytes", "contentSize"),
      column("Kept again", "bytes", "orderPenalty"),
      column("Where it stands"),
    ],
    rows: penalisedLayers.map(({ diffId, contentSize, extraBytes, places }) => {
      const stands = places.map(({ artifact, position }) => `${names[artifact]!} at ${position}`);
      return [diffId, contentSize, extraBytes, stands.join(", ")];
    }),
  };
}

function toDownload({ download }: SavingsAnswer): ReportTable {
  const blobs = download.find(({ rung }) => rung === "blob")?.bytes ?? 0;
  return {
    title: "On the wire",
    columns: [
      column("Rung"),
      column("Downloaded", "bytes", "downloadLadder"),
      column("Against blob", "change", "downloadLadder"),
      column("How known"),
    ],
    rows: download.map(({ rung, bytes, estimated }) => {
      if (bytes === null) return [rung, null, null, "not known: a source stores its layers uncompressed"];
      return [rung, bytes, changeAgainst(bytes, blobs), known(estimated)];
    }),
  };
}

function toMarginal({ rungs }: SavingsAnswer, names: readonly string[]): ReportTable {
  return {
    title: "What each adds to the others",
    columns: [column("Artifact"), ...rungs.map(({ rung }) => column(rung, "bytes", "marginal"))],
    rows: names.map((name, i) => [name, ...rungs.map(({ marginal }) => marginal[i]!)]),
  };
}

function known(estimated: boolean): string {
  return estimated ? "estimated" : "measured";
}
