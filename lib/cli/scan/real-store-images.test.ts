import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { NixStore } from "#testing/run/nix-store.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { runJson: runCliJson } = makeCliSession();

const hasNix = spawnSync("nix-store", ["--version"]).status === 0;
const CACHE = sharedData("nix/cache-xz");

/** Items of all forms, each with up to four of the items before it, at places where a store finds a reference or finds none. */
const EXPRESSION = `
  let
    inherit (builtins) elemAt foldl' genList hashString length substring;
    digits = { "0"=0;"1"=1;"2"=2;"3"=3;"4"=4;"5"=5;"6"=6;"7"=7;"8"=8;"9"=9;a=10;b=11;c=12;d=13;e=14;f=15; };
    random = text: limit: let h = hashString "sha256" text; at = i: digits.\${substring i 1 h};
      in (at 0 * 256 + at 1 * 16 + at 2) - limit * ((at 0 * 256 + at 1 * 16 + at 2) / limit);
    source = builtins.toFile "source.txt" "a source";
    scripts = [
      "echo $needs > $out"
      "mkdir -p $out/bin; cat /bin/sh > $out/bin/tool; echo $needs >> $out/bin/tool; cat /bin/sh >> $out/bin/tool"
      "ln -s $first/lib $out"
      "mkdir -p $out/a/b; for i in $needs; do ln -s ../$i/x $out/a/b/link$((n=n+1)); done"
      "mkdir -p $out; for i in $needs; do mkdir -p $out/$(basename $i); done"
      "mkdir $out; echo $needs | gzip -n > $out/packed.gz; echo $source > $out/plain"
      "mkdir $out; for i in $needs; do printf 'zz%szz' $(basename $i | cut -c 1-32) >> $out/run; done"
      "mkdir $out; printf '#!%s/bin/sh\\\\n' $first > $out/script; chmod +x $out/script; ln $out/script $out/again; echo $out > $out/self"
    ];
    make = made: i: let
        pick = j: elemAt made (random "\${toString i}-\${toString j}" (length made));
        needs = if i == 0 then [ source ] else genList pick (1 + random "count \${toString i}" 4);
      in derivation {
        name = "item\${toString i}-1.\${toString i}";
        system = builtins.currentSystem;
        builder = "/bin/sh";
        args = [ "-c" (elemAt scripts (i - 8 * (i / 8))) ];
        PATH = "/usr/bin:/bin";
        inherit needs source;
        first = elemAt needs 0;
      };
  in foldl' (made: i: made ++ [ (make made i) ]) [ ] (genList (i: i) 40)`;

const SYSTEM = buildTar([
  { path: "bin", type: "2", link: "nix/store/none" },
  { path: "etc/motd", body: "hello" },
]);

/** The store paths in layers of nine, in the order of their names. */
function packLayers(root: string, names: readonly string[]): Uint8Array[] {
  return Array.from({ length: Math.ceil(names.length / 9) }, (_, i) => {
    const paths = names.slice(i * 9, (i + 1) * 9).map((name) => `nix/store/${name}`);
    return execFileSync("tar", ["-C", root, "-cf", "-", ...paths], { maxBuffer: 2 ** 30 });
  });
}

/** For each store path the names that it refers to, as the scan has stored them. */
function listEdges({ nodes, edges }: StoredGraph): Record<string, string[]> {
  const items = nodes.filter(({ kind }) => kind === "store").map(({ identity }) => basename(identity));
  const byName: Record<string, string[]> = Object.fromEntries(items.map((name) => [name, []]));
  for (const { from, to, evidence } of edges) {
    expect(evidence).toBe("observed");
    byName[basename(from.identity)]!.push(basename(to.identity));
  }
  for (const names of Object.values(byName)) names.sort();
  return byName;
}

describe.skipIf(!hasNix)("an image of store paths that Nix has built (needs nix-store on the PATH)", () => {
  const place = makeTestPlace();
  const root = realpathSync(mkdtempSync(join(tmpdir(), "store-image-")));
  let store: NixStore;
  let names: string[];
  const scan = (name: string, layers: readonly Uint8Array[]) =>
    runCliJson<{ artifacts: { known: boolean }[] }>(["scan", "docker-archive:-"], {
      databaseUrl: place.database.url,
      input: [buildDockerArchive(layers, { name })],
    });

  beforeAll(async () => {
    store = new NixStore(root);
    store.build(EXPRESSION);
    names = store.list();
    await scan("store:1", [...packLayers(root, names), SYSTEM]);
  }, 120_000);
  afterAll(() => {
    execFileSync("chmod", ["-R", "u+w", root]);
    rmSync(root, { recursive: true, force: true });
  });

  it("has the references of nix-store -q --references, for every path", async () => {
    const found = listEdges(await loadStoredGraph(place.database, "store:1"));
    const truth = Object.fromEntries(names.map((name) => [name, store.listReferences(name)]));
    expect(found).toEqual(truth);
    expect(names.length).toBe(40 * 2 + 1);
    expect(Object.values(truth).flat().length).toBeGreaterThan(150);
  });

  it("has the same references when its layers are known and one is on top", async () => {
    const before = listEdges(await loadStoredGraph(place.database, "store:1"));
    const top = buildTar([{ path: "etc/motd", body: "another" }]);
    await scan("store:2", [...packLayers(root, names), SYSTEM, top]);
    expect(listEdges(await loadStoredGraph(place.database, "store:2"))).toEqual(before);
  });
});

describe.skipIf(!hasNix || CACHE === undefined)("an image of the paths in a binary cache", () => {
  const place = makeTestPlace();
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cache-image-")));
  afterAll(() => {
    execFileSync("chmod", ["-R", "u+w", root]);
    rmSync(root, { recursive: true, force: true });
  });

  const infos = () => {
    const files = readdirSync(CACHE!).filter((file) => file.endsWith(".narinfo"));
    return files.map((file) => {
      const text = readFileSync(join(CACHE!, file), "utf8");
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1] ?? "";
      return { name: basename(field("StorePath")), url: field("URL"), references: field("References").split(" ") };
    });
  };

  it("has the references that the cache's narinfos state", async () => {
    mkdirSync(join(root, "nix/store"), { recursive: true });
    const paths = infos();
    for (const { name, url } of paths) {
      const nar = execFileSync("xz", ["-dc", join(CACHE!, url)], { maxBuffer: 2 ** 30 });
      execFileSync("nix-store", ["--restore", join(root, "nix/store", name)], { input: nar });
    }
    const names = paths.map(({ name }) => name);
    const input = [buildDockerArchive(packLayers(root, names), { name: "cache:1" })];
    await runCliJson(["scan", "docker-archive:-"], { databaseUrl: place.database.url, input });
    const found = listEdges(await loadStoredGraph(place.database, "cache:1"));
    const truth = paths.map(({ name, references }) => [
      name,
      references.filter((each) => each !== "" && each !== name).sort(),
    ]);
    expect(found).toEqual(Object.fromEntries(truth));
  }, 60_000);
});
