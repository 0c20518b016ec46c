import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { EvidenceName } from "#lib/model/overview.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { debRecord } from "#testing/builders/packages.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerGraph } from "./artifact-graph.ts";

/** app declares liba and data, and links liba and libb. */
const image = buildTar([
  {
    path: "usr/bin/app",
    mode: 0o755,
    body: Buffer.from(buildElf({ needed: ["liba.so.1", "libb.so.1"], isPie: true })),
  },
  ...["liba", "libb"].map((name) => ({
    path: `usr/lib/${name}.so.1`,
    body: Buffer.from(buildElf({ soname: `${name}.so.1` })),
  })),
  { path: "usr/share/data", body: "data" },
  {
    path: "var/lib/dpkg/status",
    body:
      debRecord("app", { Depends: "liba, data" }) + ["liba", "libb", "data"].map((name) => debRecord(name)).join(""),
  },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  { path: "var/lib/dpkg/info/liba.list", body: "/usr/lib/liba.so.1\n" },
  { path: "var/lib/dpkg/info/libb.list", body: "/usr/lib/libb.so.1\n" },
  { path: "var/lib/dpkg/info/data.list", body: "/usr/share/data\n" },
]);

describe("an edge that is declared and observed", () => {
  const place = makeTestPlace();
  let id: number;
  beforeAll(async () => {
    const file = join(place.folder, "shop.tar");
    writeFileSync(file, buildDockerArchive([image], { name: "shop:1" }));
    await runCli(["scan", `docker-archive:${file}`], { databaseUrl: place.database.url });
    id = (await findArtifact(place.database.pool, "shop:1")).id;
  });
  const ask = (evidence?: EvidenceName) =>
    answerGraph(place.database.pool, id, { open: [], node: "app", filter: { kinds: [], evidence }, search: "" });

  it("is drawn by the filter of either kind, as that kind, and without a filter as the stronger one", async () => {
    const drawn = async (evidence?: EvidenceName) => {
      const { overview } = await ask(evidence);
      const name = (node: number) => overview.nodes[node]!.name;
      return overview.edges.map((edge) => `${name(edge.from)} ${edge.evidence} ${name(edge.to)}`).sort();
    };
    expect(await drawn("declared")).toEqual(["app declared data", "app declared liba"]);
    expect(await drawn("observed")).toEqual(["app observed liba", "app observed libb"]);
    expect(await drawn()).toEqual(["app declared data", "app observed liba", "app observed libb"]);
    expect((await ask()).choices.evidence).toEqual(["observed", "declared"]);
  });

  it("has a line for each statement at its node, with its kind", async () => {
    const { selected } = await ask();
    const liba = selected!.references.rows.find(({ node }) => node.name === "liba")!;
    expect([liba.evidence, liba.known, liba.details]).toEqual([
      "observed",
      ["declared", "observed"],
      ["Depends: liba", "usr/bin/app needs liba.so.1"],
    ]);
  });
});
