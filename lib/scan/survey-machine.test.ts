import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { surveyStores } from "#lib/sources/store/survey-stores.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { startEngine, type TestEngine } from "#testing/run/engine.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { surveyMachine } from "./survey-machine.ts";

const place = makeTestPlace();
const { signal } = new AbortController();
afterEach(() => vi.unstubAllEnvs());

async function engineAt(socketPath: string) {
  vi.stubEnv("DOCKER_HOST", `unix://${socketPath}`);
  return (await surveyMachine(signal)).find(({ source }) => source === "docker-daemon:");
}

describe.skipIf(!areInstalled("podman"))("an engine", () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine();
    const layer = buildTar([{ path: "etc/motd", body: "hello" }]);
    await engine.load([buildDockerArchive([layer], { names: ["shop/app:1", "shop/app:2"] })]);
  });
  afterAll(() => engine.stop());

  it("is surveyed with its images, by their names", async () => {
    const offer = await engineAt(engine.socketPath);
    expect(offer).toMatchObject({ kind: "engine", label: "Podman", imageCount: 1 });
    if (offer?.kind !== "engine") throw new Error("no engine");
    expect(offer.images[0]).toMatchObject({ id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(offer.images[0]?.name).toMatch(/shop\/app:[12]$/);
    expect(offer.images[0]?.bytes).toBeGreaterThan(0);
  });
});

describe("an engine that is not there, or lies,", () => {
  it("is a row that says where it was looked for", async () => {
    const socketPath = join(place.folder, "none.sock");
    expect(await engineAt(socketPath)).toMatchObject({ kind: "missing", line: expect.stringContaining(socketPath) });
  });

  it("is a row with one line if its list has too many images", async () => {
    const socketPath = join(place.folder, "engine.sock");
    const list = JSON.stringify(Array.from({ length: 10_001 }, (_, i) => ({ Id: `${i}`, Size: 1 })));
    const server = createServer((_, response) => response.end(list)).listen(socketPath);
    await once(server, "listening");
    expect(await engineAt(socketPath)).toMatchObject({
      kind: "missing",
      line: expect.stringMatching(/at most 10000 elements, got 10001/),
    });
    server.closeAllConnections();
    server.close();
  });
});

it("stores are surveyed by names and sizes alone", async () => {
  const root = join(place.folder, "root");
  const state = join(root, "nix/var/nix");
  for (const folder of ["db", "profiles/per-user/anna"]) mkdirSync(join(state, folder), { recursive: true });
  mkdirSync(join(root, "nix/store/.links"), { recursive: true });
  writeFileSync(join(state, "db/db.sqlite"), "x".repeat(4096));
  const [empty] = await surveyStores(root);
  expect(empty).toMatchObject({ kind: "missing", source: "nix-store:" });
  for (const name of ["a-hello", "b-world"]) mkdirSync(join(root, "nix/store", name));
  for (const name of ["system", "system-1-link", "per-user/anna/profile", "per-user/anna/profile-7-link"])
    symlinkSync("/nowhere", join(state, "profiles", name));
  expect(await surveyStores(root)).toEqual([
    { kind: "store", label: "Nix store", source: "nix-store:", itemCount: 2, profileCount: 2, bytes: 4096 },
    expect.objectContaining({ kind: "missing", source: "guix-store:", line: expect.stringContaining("var/guix/db") }),
  ]);
});
