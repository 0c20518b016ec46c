import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";

const LAYOUT = sharedData("fleet-apt/oci-zstd");
const IMAGE = "t-nginx";
const isMissing = LAYOUT === undefined || !areInstalled("dpkg-query", "apt-cache", "tar");

/** dpkg's own placeholders. */
const FORMAT = ["{Package}", "{Version}\n"].map((field) => `$${field}`).join(" ");

interface Descriptor {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

describe.skipIf(isMissing)("a Debian image with nginx, as dpkg and apt see it (needs ../shared/data)", () => {
  let database: Database;
  let folder: string;
  let root: string;
  let graph: StoredGraph;
  let names: string[];

  beforeAll(async () => {
    database = await openTestDatabase();
    folder = mkdtempSync(join(tmpdir(), "stratigraph-debs-"));
    root = join(folder, "root");
    unpack(LAYOUT!, root);
    const run = await runCli(["scan", `rootfs:${root}`, "--name", "debs"], { databaseUrl: database.url });
    expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    graph = await loadStoredGraph(database, "debs");
    names = graph.nodes.filter(({ kind }) => kind === "deb").map(({ name }) => name);
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  it("has the packages of dpkg-query -W, and their versions", () => {
    const theirs = dpkgQuery(root, "-W", "-f", FORMAT);
    const ours = graph.nodes.filter(({ kind }) => kind === "deb").map(({ name, version }) => `${name} ${version}`);
    expect(ours).toHaveLength(96);
    expect(`${ours.sort().join("\n")}\n`).toBe(`${theirs.trim().split("\n").sort().join("\n")}\n`);
  });

  it("has the files of dpkg -L: each belongs to the package that lists it", () => {
    let compared = 0;
    for (const name of names) {
      const paths = dpkgQuery(root, "-L", name).split("\n");
      const owned = paths.flatMap((path) => graph.owners.get(path.slice(1)) ?? []);
      compared += owned.length;
      expect([name, owned.filter((owner) => owner.name !== name)]).toEqual([name, []]);
    }
    expect(compared).toBe(4527);
  });

  it("has the edges of apt-cache depends between installed packages", () => {
    const theirs = listAptEdges(root, folder, names);
    const declared = graph.edges.filter(({ evidence, from }) => evidence === "declared" && from.kind === "deb");
    const ours = new Set(declared.map(({ from, to }) => `${from.name} → ${to.name}`));
    expect(theirs.size).toBe(250);
    expect([...ours].sort()).toEqual([...theirs].sort());
  });
});

/** Both layers of the image, one over the other; it has no whiteouts. */
function unpack(layout: string, root: string): void {
  mkdirSync(root);
  const read = <T>(digest: string) => JSON.parse(readFileSync(blobOf(layout, digest), "utf8")) as T;
  const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as { manifests: Descriptor[] };
  const found = index.manifests.find((each) => each.annotations?.["org.opencontainers.image.ref.name"] === IMAGE)!;
  for (const { digest } of read<{ layers: Descriptor[] }>(found.digest).layers) {
    execFileSync("tar", ["--zstd", "-xf", blobOf(layout, digest), "-C", root, "--no-same-owner", "--exclude=./dev/*"]);
  }
}

function blobOf(layout: string, digest: string): string {
  return join(layout, "blobs", digest.replace(":", "/"));
}

function dpkgQuery(root: string, ...args: readonly string[]): string {
  return execFileSync("dpkg-query", [`--admindir=${root}/var/lib/dpkg`, ...args], { encoding: "utf8" });
}

/**
 * Depends and Pre-Depends between installed packages, every alternative and provider of them, as apt knows them. Its `--installed` would
 * leave out what only a virtual package leads to.
 */
function listAptEdges(root: string, folder: string, names: readonly string[]): Set<string> {
  const empty = join(folder, "empty");
  for (const part of ["lists/partial", "cache/archives/partial"]) mkdirSync(join(empty, part), { recursive: true });
  const options = [
    `Dir::State::status=${root}/var/lib/dpkg/status`,
    `Dir::State::Lists=${empty}/lists`,
    `Dir::Cache=${empty}/cache`,
    "Dir::Etc::sourcelist=/dev/null",
    "Dir::Etc::sourceparts=/dev/null",
    "APT::Architecture=amd64",
  ].flatMap((option) => ["-o", option]);
  const asked = ["depends", "--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks"];
  const more = ["--no-replaces", "--no-enhances"];
  const text = execFileSync("apt-cache", [...options, ...asked, ...more, ...names], { encoding: "utf8" });
  const installed = new Set(names);
  return new Set(
    parseAptEdges(text)
      .filter(({ to }) => installed.has(to))
      .map(({ from, to }) => `${from} → ${to}`),
  );
}

/** A package, below it its dependencies, and below a virtual one what provides it. */
function parseAptEdges(text: string): { readonly from: string; readonly to: string }[] {
  const edges: { from: string; to: string }[] = [];
  let from = "";
  for (const line of text.split("\n")) {
    const to = /^ {4}(\S+)$/.exec(line)?.[1] ?? /^ [ |](?:Pre)?Depends: ([^\s<]+)$/.exec(line)?.[1];
    if (/^\S/.test(line)) from = line;
    else if (to !== undefined && to !== from) edges.push({ from, to });
  }
  return edges;
}
