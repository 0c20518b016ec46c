import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { loadKeptGraph } from "../kept/graphs.ts";
import { answerCycleMembers } from "./cycle-members.ts";

describe("answerCycleMembers", () => {
  const place = makeTestPlace();
  beforeAll(async () => {
    const file = join(place.folder, "bom.json");
    writeFileSync(file, JSON.stringify(CYCLONEDX_1_5));
    await runCli(["scan", `sbom:${file}`, "--name", "bom"], { databaseUrl: place.database.url });
  });

  it("marks the nodes that need each other, and no other", async () => {
    const { id } = await findArtifact(place.database.pool, "bom");
    const members = await answerCycleMembers(place.database.pool, id);
    const { nodes } = await loadKeptGraph(place.database.pool, id);
    expect(members).toHaveLength(nodes.length);
    const marked = nodes.filter(({ nodeIndex }) => members[nodeIndex] === 1).map(({ name }) => name);
    expect(marked.toSorted()).toEqual(["libc6", "libgcc-s1"]);
  });

  it("marks nothing in an artifact without a graph", async () => {
    expect(await answerCycleMembers(place.database.pool, 1_000_000)).toHaveLength(0);
  });
});
