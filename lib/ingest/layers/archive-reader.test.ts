import { expect, it } from "vitest";
import { readArchiveFacts } from "#lib/formats/jar/index.ts";
import { buildTar, inChunks, type TarMember } from "#testing/builders/tar.ts";
import { buildZip, pomProperties } from "#testing/builders/zip.ts";
import { isDocument } from "./documents.ts";
import { MAX_ARCHIVE_BYTES } from "./limits.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

const scan = (members: readonly TarMember[], chunk: number, budget?: ScanBudget) =>
  scanLayer(inChunks(buildTar(members), chunk), { isDocument, budget });
const jar = buildZip({ ...pomProperties("g", "a", "1"), "x.class": Buffer.alloc(5000, "x") });

it.each([100, 100_000])("a layer keeps of an archive what it says of itself (pieces of %i bytes)", async (chunk) => {
  const budget = ScanBudget.open();
  const script = { path: "run.jar", mode: 0o755, body: Buffer.concat([Buffer.from("#!/bin/sh\n"), jar]) };
  const members = [{ path: "a.jar", body: jar }, { path: "empty.jar", body: "" }, { path: "b.txt", body: jar }, script];
  const { documents, problems, contents } = await scan(members, chunk, budget);
  expect(problems).toEqual([]);
  expect(documents.map(({ entry, body }) => [entry, readArchiveFacts(body)![0]!.poms])).toEqual(
    [0, 3].map((entry) => [entry, [{ groupId: "g", artifactId: "a", version: "1" }]]),
  );
  expect(contents.byteCount).toHaveLength(3);
  expect(budget.borrowArchive(MAX_ARCHIVE_BYTES)).toBe(true);
});

it("an archive that is damaged, or too large, is a warning and still a file", async () => {
  const members = [
    { path: "cut.jar", body: jar.subarray(0, 100) },
    { path: "large.jar", body: Buffer.alloc(MAX_ARCHIVE_BYTES + 1) },
    { path: "a.jar", body: jar },
  ];
  const { documents, problems, entries } = await scan(members, 2 ** 20);
  expect(entries.count).toBe(3);
  expect(documents.map(({ entry }) => entry)).toEqual([0, 1, 2]);
  expect(readArchiveFacts(documents[1]!.body)).toMatchObject([{ path: "", poms: [] }]);
  expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual(
    ["large.jar limit-exceeded", "cut.jar bad-package-database"].sort(),
  );
});

it("a layer that ends inside an archive gives its memory back", async () => {
  const budget = ScanBudget.open();
  const tar = buildTar([{ path: "a.jar", body: jar }]);
  await expect(scanLayer(inChunks(tar.subarray(0, 700), 600), { isDocument, budget })).rejects.toThrow();
  expect(budget.borrowArchive(MAX_ARCHIVE_BYTES)).toBe(true);
});
