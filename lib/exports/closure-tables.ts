import { tidyCreatedBy } from "#lib/display/created-by.ts";
import type { ClosureAnswer } from "#lib/model/answer.ts";
import { column, isFilled, type ReportTable } from "./report-table.ts";

export function toClosureTables(answer: ClosureAnswer): ReportTable[] {
  return [toNodes(answer), toLayers(answer), toWaste(answer)].filter(isFilled);
}

function toNodes({ artifacts: [{ kind }], nodes, total }: ClosureAnswer): ReportTable {
  const what = kind === "image" ? "components" : "store items";
  const cut = nodes.length < total.nodes;
  return {
    title: cut ? `The ${nodes.length} of ${total.nodes} ${what} that retain most` : `All ${what}, by retained size`,
    columns: [
      column("Name"),
      column("Version", "digest"),
      column("Self", "bytes", "selfSize"),
      column("Closure", "bytes", "closureSize"),
      column("Retained", "bytes", "retainedSize"),
      column("Id", "path"),
    ],
    total: total.nodes,
    rows: nodes.map((node) => [node.name, node.version, node.selfSize, node.closureSize, node.retainedSize, node.id]),
  };
}

function toLayers({ artifacts: [{ layers }], image }: ClosureAnswer): ReportTable {
  const rows = layers.map(({ createdBy, contentSize, wastedSize, diffId }, position) => {
    const download = image?.layers[position]?.downloadSize ?? null;
    return [position, tidyCreatedBy(createdBy), contentSize, wastedSize, download, diffId];
  });
  return {
    title: "Layers, the newest first",
    columns: [
      column("Place", "count"),
      column("Made by", "path"),
      column("Content", "bytes", "contentSize"),
      column("Wasted", "bytes", "wastedSize"),
      column("Download", "bytes", "downloadSize"),
      column("DiffID", "digest"),
    ],
    rows: rows.reverse(),
  };
}

function toWaste({ image }: ClosureAnswer): ReportTable {
  const { files = [], count = 0 } = image?.waste ?? {};
  return {
    title: files.length < count ? `Wasted, the ${files.length} largest of ${count} files` : "Wasted",
    columns: [
      column("Path", "path"),
      column("Bytes", "bytes", "wastedSize"),
      column("Layer", "count"),
      column("Hidden by", "count"),
    ],
    total: count,
    rows: files.map(({ path, bytes, layer, hiddenBy }) => [`/${path}`, bytes, layer, hiddenBy]),
  };
}
