import type {
  Answer,
  ArtifactLabel,
  ClosureAnswer,
  DiffAnswer,
  OverlapAnswer,
  SavingsAnswer,
} from "#lib/model/answer.ts";

/** How a column's values are written. Bytes stay whole numbers in CSV and JSON. */
export type ColumnKind = "text" | "bytes" | "count" | "share";

/** One table of a report, the same for every export. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** The figures at a report's head. */
export interface ReportFigure {
  readonly name: string;
  readonly bytes: number;
}

const text = (name: string) => ({ name, kind: "text" }) as const;
const bytes = (name: string) => ({ name, kind: "bytes" }) as const;
const count = (name: string) => ({ name, kind: "count" }) as const;
const share = (name: string) => ({ name, kind: "share" }) as const;

/** The tables of an answer, the main one first: every picture of the answer can be read off them. */
export function toReportTables(answer: Answer): ReportTable[] {
  switch (answer.question) {
    case "diff":
      return toDiffTables(answer);
    case "overlap":
      return toOverlapTables(answer);
    case "savings":
      return toSavingsTables(answer);
    case "closure":
      return [toClosureTable(answer)];
  }
}

/** Two or three figures that say it all. */
export function toReportFigures(answer: Answer): ReportFigure[] {
  switch (answer.question) {
    case "diff": {
      const { left, right, delta } = answer.totals;
      return [
        figure(answer.artifacts[0].name, left),
        figure(answer.artifacts[1].name, right),
        figure("difference", delta),
      ];
    }
    case "overlap": {
      const all = answer.cells.find((cell) => cell.in.length === answer.artifacts.length);
      return [figure("union", answer.union.bytes), figure("in all of them", all?.bytes ?? 0)];
    }
    case "savings":
      return answer.rungs
        .filter(({ rung }) => rung === "chain" || rung === "layer" || rung === "file")
        .map((each) => figure(each.rung, each.bytes));
    case "closure":
      return [figure("closure size", answer.total.bytes)];
  }
}

function figure(name: string, value: number): ReportFigure {
  return { name, bytes: value };
}

function toDiffTables(answer: DiffAnswer): ReportTable[] {
  const [left, right] = answer.artifacts;
  const components: ReportTable = {
    title: "Components",
    columns: [
      text("change"),
      text("kind"),
      text("name"),
      text("left version"),
      text("right version"),
      bytes("left"),
      bytes("right"),
      bytes("difference"),
    ],
    rows: answer.components.map(({ change, kind, name, left: before, right: after }) => {
      const [from, to] = [before?.bytes ?? 0, after?.bytes ?? 0];
      return [change, kind, name, before?.version ?? "", after?.version ?? "", from, to, to - from];
    }),
  };
  const layers: ReportTable = {
    title: "Layers",
    columns: [text("diffID"), text("match"), count(`in ${left.name}`), count(`in ${right.name}`), bytes("content")],
    rows: answer.layers.map((layer) => [layer.diffId, layer.match, layer.left, layer.right, layer.contentSize]),
  };
  const files: ReportTable = {
    title: "Files, the largest changes",
    columns: [text("change"), text("path"), bytes("left"), bytes("right")],
    rows: (answer.files?.changes ?? []).map((file) => [file.change, file.path, file.leftBytes, file.rightBytes]),
  };
  return [components, layers, files].filter((table) => table.rows.length > 0);
}

function toOverlapTables(answer: OverlapAnswer): ReportTable[] {
  const names = answer.artifacts.map((artifact) => artifact.name);
  const cells: ReportTable = {
    title: `What is in exactly which of them, by ${answer.rung}`,
    columns: [text("in"), bytes("bytes"), count("units"), share("of the union")],
    rows: answer.cells.map((cell) => [
      joinNames(cell.in, names),
      cell.bytes,
      cell.units,
      ratio(cell.bytes, answer.union.bytes),
    ]),
  };
  const matrix: ReportTable = {
    title: "Shared bytes, two by two",
    columns: [text("artifact"), ...names.map((name) => bytes(name))],
    rows: answer.matrix.map((row, i) => [names[i]!, ...row.map((cell) => cell.bytes)]),
  };
  const misaligned: ReportTable = {
    title: "Same name, several versions",
    columns: [text("kind"), text("name"), text("versions"), bytes("saved by aligning")],
    rows: answer.misaligned.map((each) => [
      each.kind,
      each.name,
      each.versions.map(({ version }) => version).join(", "),
      each.saving,
    ]),
  };
  const opened: ReportTable = {
    title: "What is in the cells, the largest components of each",
    columns: [text("in"), text("kind"), text("name"), text("version"), bytes("bytes in the cell"), count("units")],
    rows: (answer.contents ?? []).flatMap((cell) =>
      cell.parts.map((part) => [
        joinNames(cell.in, names),
        part.kind,
        part.name === "" ? part.id : part.name,
        part.version,
        part.bytes,
        part.units,
      ]),
    ),
  };
  return [cells, opened, matrix, misaligned].filter((table) => table.rows.length > 0);
}

function toSavingsTables(answer: SavingsAnswer): ReportTable[] {
  const chain = answer.rungs.find(({ rung }) => rung === "chain")?.bytes ?? 0;
  const layer = answer.rungs.find(({ rung }) => rung === "layer")?.bytes ?? 0;
  const rungs: ReportTable = {
    title: "The ladder",
    columns: [
      text("rung"),
      bytes("bytes"),
      count("units"),
      share("saved against chain"),
      share("saved against layer"),
      text("how known"),
    ],
    rows: answer.rungs.map((each) => [
      each.rung,
      each.bytes,
      each.units,
      1 - ratio(each.bytes, chain),
      1 - ratio(each.bytes, layer),
      known(each.estimated),
    ]),
  };
  const penalised: ReportTable = {
    title: "Layers that stand on several bases",
    columns: [text("diffID"), bytes("content"), bytes("penalty"), text("in")],
    rows: answer.penalised.map(({ diffId, contentSize, penalty, places }) => {
      const names = places.map(({ artifact, position }) => `${answer.artifacts[artifact]!.name} (layer ${position})`);
      return [diffId, contentSize, penalty, names.join(", ")];
    }),
  };
  const download: ReportTable = {
    title: "On the wire",
    columns: [text("rung"), bytes("bytes"), text("how known")],
    rows: answer.download.map((each) => [each.rung, each.bytes, known(each.estimated)]),
  };
  const marginal: ReportTable = {
    title: "What each adds to the others",
    columns: [text("artifact"), ...answer.rungs.map(({ rung }) => bytes(rung))],
    rows: answer.marginal.map(({ artifact, rungs: added }) => {
      const byRung = new Map(added.map((each) => [each.rung, each.bytes]));
      return [answer.artifacts[artifact]!.name, ...answer.rungs.map(({ rung }) => byRung.get(rung) ?? null)];
    }),
  };
  return [rungs, penalised, download, marginal].filter((table) => table.rows.length > 0);
}

function toClosureTable({ nodes, total }: ClosureAnswer): ReportTable {
  return {
    title: nodes.length < total.nodes ? `The ${nodes.length} that retain most, of ${total.nodes} nodes` : "Nodes",
    columns: [text("name"), text("version"), bytes("self"), bytes("closure"), bytes("retained"), text("id")],
    rows: nodes.map((node) => [node.name, node.version, node.selfSize, node.closureSize, node.retainedSize, node.id]),
  };
}

function joinNames(positions: readonly number[], names: readonly string[]): string {
  return positions.length === names.length ? "all of them" : positions.map((position) => names[position]!).join(" · ");
}

function known(estimated: boolean): string {
  return estimated ? "estimated" : "measured";
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** What a report is called until somebody calls it something else. */
export function toReportTitle(answer: Answer): string {
  const names = answer.artifacts.map((artifact: ArtifactLabel) => artifact.name);
  const list = names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  switch (answer.question) {
    case "diff":
      return `${names[0]} → ${names[1]}`;
    case "overlap":
      return `What ${list} share, by ${answer.rung}`;
    case "savings":
      return `What sharing saves for ${list}`;
    case "closure":
      return `What ${list} is made of`;
  }
}
