import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findEndpoints } from "./registries-conf.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-mirrors-"));
const file = join(folder, "registries.conf");
afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(
  file,
  `
[[registry]]
prefix = "h.example"
location = "cache.example/h"
insecure = true
[[registry.mirror]]
location = "mirror.example:5000/h"

[[registry]]
location = "h.example/blocked"
blocked = true

[[registry]]
prefix = "*.lab.example"
insecure = true
`,
);
const find = async (host: string, repository: string) =>
  (await findEndpoints(host, repository, { ...process.env, CONTAINERS_REGISTRIES_CONF: file })).map(
    (endpoint) => `${endpoint.host}/${endpoint.repository}${endpoint.isInsecure ? " insecure" : ""}`,
  );

it("asks mirrors before the location of the longest prefix", async () => {
  expect(await find("h.example", "a/b")).toEqual(["mirror.example:5000/h/a/b", "cache.example/h/a/b insecure"]);
  expect(await find("h.example.org", "a/b")).toEqual(["h.example.org/a/b"]);
});

it("matches hosts below a wildcard", async () => {
  expect(await find("r1.lab.example:5000", "a")).toEqual(["r1.lab.example:5000/a insecure"]);
});

it("refuses a blocked registry", async () => {
  await expect(find("h.example", "blocked/a")).rejects.toThrow("h.example/blocked/a: blocked by registries.conf");
});
