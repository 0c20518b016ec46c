import { notFound } from "next/navigation";
import { compareParams } from "#components/set/compare-params.ts";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import type { CsvValue } from "#lib/exports/csv.ts";
import type { DiffAnswer, OverlapAnswer } from "#lib/model/answer.ts";
import { loadDiff, loadOverlap } from "#lib/views/answers.ts";
import { loadSetPage, MIN_SETS } from "#lib/views/set-page.ts";
import { csvResponse } from "../../csv-response.ts";
import { orUnavailable } from "../../or-unavailable.ts";

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
}

const LAYER_MATCHES = { same: "chain", moved: "moved", removed: "only", added: "only" } as const;

const DIFF_TABLES: Readonly<Record<string, (answer: DiffAnswer) => Table>> = {
  "components.csv": ({ components }) => ({
    header: [
      "change",
      "kind",
      "name",
      "leftId",
      "leftVersion",
      "leftBytes",
      "rightId",
      "rightVersion",
      "rightBytes",
      "delta",
    ],
    rows: components.map(({ change, kind, name, left, right, delta }) => [
      change,
      kind,
      name,
      left?.id ?? null,
      left?.version ?? null,
      left?.bytes ?? null,
      right?.id ?? null,
      right?.version ?? null,
      right?.bytes ?? null,
      delta,
    ]),
  }),
  "layers.csv": ({ layers }) => ({
    header: ["match", "left", "right", "diffId", "contentSize"],
    rows: layers.map(({ change, left, right, diffId, contentSize }) => [
      LAYER_MATCHES[change],
      left,
      right,
      diffId,
      contentSize,
    ]),
  }),
  "files.csv": ({ files }) => ({
    header: ["change", "path", "leftBytes", "rightBytes"],
    rows: (files?.changes ?? []).map(({ change, path, left, right }) => {
      return [change, path, left?.bytes ?? 0, right?.bytes ?? 0];
    }),
  }),
};

const OVERLAP_TABLES: Readonly<Record<string, (answer: OverlapAnswer, names: readonly string[]) => Table>> = {
  "cells.csv": ({ cells }, names) => ({
    header: [...names, "bytes", "units"],
    rows: cells.map((cell) => [...names.map((_, i) => (cell.in.includes(i) ? 1 : 0)), cell.bytes, cell.units]),
  }),
  "matrix.csv": ({ matrix }, names) => ({
    header: ["left", "right", "sharedBytes", "jaccard"],
    rows: matrix.flatMap((row, i) => row.map(({ bytes, jaccard }, j) => [names[i]!, names[j]!, bytes, jaccard])),
  }),
  "misaligned.csv": ({ alignable }, names) => ({
    header: ["kind", "name", "version", "bytes", "in", "savedIfAligned"],
    rows: alignable.flatMap(({ kind, name, variants, savedBytes }) =>
      variants.map(({ version, bytes, in: held }) => {
        return [kind, name, version, bytes, held.map((i) => names[i]!).join(" "), savedBytes];
      }),
    ),
  }),
};

/** A table of the compare page, whole: `GET /compare/components.csv?a=A&b=B`, `GET /compare/cells.csv?in=A,B,C&rung=file`. */
export const GET = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> => {
    const { table } = await params;
    const query = compareParams.parse(toRecord(new URL(request.url).searchParams));
    const names = query.in.length > 0 ? query.in : [query.a, query.b].filter((name) => name !== undefined);
    const { set } = await loadSetPage(names);
    if (set.artifacts.length < MIN_SETS) notFound();
    const [toDiffTable, toOverlapTable] = [own(DIFF_TABLES, table), own(OVERLAP_TABLES, table)];
    if (toDiffTable !== undefined) {
      const { header, rows } = toDiffTable(
        await loadDiff(set.artifacts[0]!, set.artifacts[1]!, Number.POSITIVE_INFINITY),
      );
      return csvResponse(`diff-${table.replace(".csv", "")}`, header, rows);
    }
    if (toOverlapTable === undefined) notFound();
    const answer = await loadOverlap({
      parts: set.artifacts,
      rung: query.rung,
      nameLimit: Number.POSITIVE_INFINITY,
    });
    const { header, rows } = toOverlapTable(answer, nameArtifacts(answer.artifacts));
    return csvResponse(`overlap-${table.replace(".csv", "")}`, header, rows);
  },
);

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function toRecord(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}
