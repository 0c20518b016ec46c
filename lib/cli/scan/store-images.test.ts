import { basename } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { RootReason } from "#lib/model/root-reason.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file, makeStore, symlink, type TestItem } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { loadStoredGraph } from "#testing/run/stored-graph.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { runJson: runCliJson } = makeCliSession();

const [APP, GLIBC, CONFIG] = ["app-2.1", "glibc-2.40", "app.conf"].map((name, i) => testStorePath(i, name)) as [
  string,
  string,
  string,
];
const ITEMS: readonly TestItem[] = [
  {
    path: APP,
    tree: directory({ "bin-app": file(`\0${GLIBC}/lib\0`), etc: symlink(CONFIG) }),
    references: [GLIBC, CONFIG],
  },
  { path: GLIBC, tree: directory({ "libc.so": file("libc") }), references: [] },
  { path: CONFIG, tree: file("conf"), references: [] },
];

const place = makeTestPlace();
const ask = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });

beforeAll(async () => {
  makeStore(place.folder, ITEMS);
  await ask("scan", `nix-store:${place.folder}`, "--root", APP, "--name", "closure");
  const layers = [
    buildTar([{ path: `${GLIBC.slice(1)}/libc.so`, body: "libc" }]),
    buildTar([
      { path: `${APP.slice(1)}/bin-app`, body: `\0${GLIBC}/lib\0` },
      { path: `${APP.slice(1)}/etc`, type: "2", link: CONFIG },
      { path: CONFIG.slice(1), body: "conf" },
    ]),
  ];
  const config = { config: { Cmd: [`${APP}/bin-app`] } };
  const input = [buildDockerArchive(layers, { name: "app:1", config })];
  await runCliJson(["scan", "docker-archive:-"], { databaseUrl: place.database.url, input });
}, 60_000);

it("an image of store items has the closure that the store has", async () => {
  const closure = async (name: string) => {
    const { nodes } = await ask<{ nodes: { id: string }[] }>("closure", name);
    return nodes.map(({ id }) => basename(id)).sort();
  };
  expect(await closure("app:1")).toEqual(await closure("closure"));
  const { nodes } = await loadStoredGraph(place.database, "app:1");
  const roots = nodes.filter(({ rootReason }) => rootReason !== null);
  expect(roots.map(({ identity, rootReason }) => [identity, rootReason])).toEqual([[APP, RootReason.entrypoint]]);
});

it("compared with the store, each item is the same", async () => {
  const { components } = await ask<{ components: { change: string; matchedBy: string }[] }>("diff", "app:1", "closure");
  expect(components.map(({ change, matchedBy }) => `${change} by ${matchedBy}`)).toEqual(
    Array(3).fill("same by identity"),
  );
});

it("a store path names the closure, not the image", async () => {
  expect(await ask("show", APP)).toMatchObject({ kind: "closure", name: "closure" });
});
