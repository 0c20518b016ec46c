import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { loadStoredGraph, type StoredGraph } from "#testing/run/stored-graph.ts";

/** Each gem's own part of its gemspec; every one has a library, and what is written here. */
const SOURCES: Readonly<Record<string, string>> = {
  "web-1.2.0":
    's.add_dependency "rack-like", "~> 2.0", ">= 2.0.6"; s.add_dependency "only-pre"; s.executables = ["web"]',
  "rack-like-2.0.6": "",
  "rack-like-2.1.0.rc1": "",
  "rack-like-2.1.0": 's.add_dependency "native"; s.add_development_dependency "web", ">= 1"',
  "rack-like-3.0": 's.add_dependency "native", "!= 1.1"',
  "only-pre-1.0.a": "",
  "native-1.0": 's.extensions = ["ext/Rakefile"]; s.files += ["ext/Rakefile"]',
  "native-1.1-x86_64-linux": 's.platform = "x86_64-linux"; s.add_dependency "cycle", "< 5", "> 0.5"',
  "cycle-1": 's.add_dependency "rack-like", "= 2.1"; s.add_dependency "rack-like", "<= 4"',
  "broken-0.1": 's.add_dependency "gone", ">= 2"; s.add_dependency "web", "< 1"',
};

/** What RubyGems says of every gem in its home, apart from those that come with Ruby and are in every path. */
const ASK = `
specs = Gem::Specification.to_a.select { |s| s.loaded_from.start_with?(ENV["GEM_HOME"]) }
puts JSON.generate(specs.map { |s|
  needs = s.runtime_dependencies.map { |d| begin; d.to_spec; rescue Gem::MissingSpecError; nil; end }
  { name: s.full_name, purl: [s.name, s.version.to_s, s.platform.to_s], dir: s.full_gem_path,
    files: Gem::Package.new(s.cache_file).spec.files.map { |f| File.join(s.full_gem_path, f) }.select { |f| File.file?(f) },
    spec: s.loaded_from,
    needs: needs.compact.map(&:full_name), missing: needs.count(&:nil?) }
})`;

interface Spec {
  readonly name: string;
  readonly purl: readonly [name: string, version: string, platform: string];
  readonly dir: string;
  readonly files: readonly string[];
  readonly spec: string;
  readonly needs: readonly string[];
  readonly missing: number;
}

const HOME = "usr/local/bundle";

describe.skipIf(!areInstalled("ruby", "gem"))("an image of gems that RubyGems has installed (needs ruby)", () => {
  let database: Database;
  let folder: string;
  let root: string;
  let specs: Spec[];
  let graph: StoredGraph;
  let problems: { code: string; message: string }[];
  const gemHome = () => join(root, HOME);
  const environment = () => ({ ...process.env, GEM_HOME: gemHome(), GEM_PATH: gemHome(), HOME: folder });

  beforeAll(async () => {
    database = await openTestDatabase();
    folder = mkdtempSync(join(tmpdir(), "stratigraph-gems-"));
    root = join(folder, "root");
    const built = Object.entries(SOURCES).map(([fullName, part]) => buildGem(folder, fullName, part));
    mkdirSync(gemHome(), { recursive: true });
    const options = [
      "--local",
      "--force",
      "--document",
      "ri",
      "--install-dir",
      gemHome(),
      "--bindir",
      `${gemHome()}/bin`,
    ];
    // Rake, which builds the extension, is not in this home.
    execFileSync("gem", ["install", ...options, ...built], { env: { ...process.env, HOME: folder }, stdio: "pipe" });
    const asked = ["-rjson", "-rrubygems/package", "-e", ASK];
    specs = JSON.parse(execFileSync("ruby", asked, { env: environment(), encoding: "utf8" }));
    const run = await runCli(["scan", `rootfs:${root}`, "--name", "gems", "--json"], { databaseUrl: database.url });
    expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    problems = JSON.parse(run.stdout).problems;
    graph = await loadStoredGraph(database, "gems");
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  it("has the gems of gem list, and their purls", () => {
    const listed = execFileSync("gem", ["list", "--local", "--no-details"], { env: environment(), encoding: "utf8" });
    const names = new Set(Object.values(specs).map(({ purl: [name] }) => name));
    for (const name of names) expect(listed).toMatch(new RegExp(`^${name} \\(`, "m"));
    const theirs = specs.map(({ purl: [name, version, platform] }) => {
      return `pkg:gem/${name}@${version}${platform === "ruby" ? "" : `?platform=${platform}`}`;
    });
    expect(theirs).toHaveLength(10);
    const gems = graph.nodes.filter(({ kind }) => kind === "gem");
    expect(gems.map(({ identity }) => identity).sort()).toEqual(theirs.sort());
    expect(gems.map(({ path }) => path).sort()).toEqual(specs.map(({ dir }) => relative(root, dir)).sort());
  });

  it("has the files of each specification, its gemspec, extensions and documentation; all bytes are somebody's", async () => {
    const owners = new Map([...graph.owners].map(([path, { name, path: home }]) => [path, home || name]));
    const listed = specs.flatMap(({ dir, files, spec }) => [...files, spec].map((file) => [file, dir] as const));
    expect(listed).toHaveLength(10 + 1 + 1 + 10);
    for (const [file, dir] of listed)
      expect([file, owners.get(relative(root, file))]).toEqual([file, relative(root, dir)]);
    const others = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
    expect(others.filter((path) => owners.get(path) === "unowned")).toEqual([]);
    expect(owners.get(`${HOME}/bin/web`)).toBe(`${HOME}/gems/web-1.2.0`);
    expect(
      others.filter((path) => /\/extensions\/.*\/native-1\.0\//.test(path)).map((path) => owners.get(path)),
    ).toEqual(Array(2).fill(`${HOME}/gems/native-1.0`));
    expect(others.filter((path) => owners.get(path) === "gem cache")).toHaveLength(10);
    const { rootfsSize } = await runCliJson<{ rootfsSize: number }>(["show", "gems"], { databaseUrl: database.url });
    expect(graph.nodes.reduce((sum, { self }) => sum + self, 0)).toBe(rootfsSize);
  });

  it("has an edge to the gem that RubyGems activates for each runtime dependency, and a problem for each that it misses", () => {
    const isOther = (edge: string) => !/^(.*) → \1$/.test(edge);
    const theirs = specs.flatMap(({ name, needs }) => needs.map((to) => `${name} → ${to}`)).filter(isOther);
    expect(theirs).toHaveLength(7);
    const ours = graph.edges.map(({ from, to }) => `${from.path} → ${to.path}`.replaceAll(`${HOME}/gems/`, ""));
    expect(ours.sort()).toEqual([...new Set(theirs)].sort());
    // The root has no Ruby, which the program and its wrapper ask for.
    const isOfRuby = (message: string) => !/satisfies dependency: /.test(message);
    const all = problems.filter(({ code }) => code === "unresolved-dependency");
    const unresolved = all.filter(({ message }) => !isOfRuby(message));
    for (const { message } of all.filter((each) => isOfRuby(each.message))) expect(message).toMatch(/ruby/);
    expect(unresolved).toHaveLength(specs.reduce((sum, { missing }) => sum + missing, 0));
    expect(unresolved.map(({ message }) => message).sort()).toEqual([
      "broken 0.1: nothing installed satisfies dependency: gone (>= 2)",
      "broken 0.1: nothing installed satisfies dependency: web (< 1)",
    ]);
  });
});

function buildGem(folder: string, fullName: string, part: string): string {
  const [, name = "", version = ""] = /^(.*?)-(\d[^-]*)/.exec(fullName) ?? [];
  const directory = join(folder, "build", fullName);
  for (const each of ["lib", "ext", "bin"]) mkdirSync(join(directory, each), { recursive: true });
  writeFileSync(join(directory, `lib/${name}.rb`), `# ${fullName}\n`);
  writeFileSync(join(directory, "ext/Rakefile"), "task(:default) {}\n");
  writeFileSync(join(directory, "bin/web"), "#!/usr/bin/env ruby\n");
  const files = part.includes("executables") ? [`lib/${name}.rb`, "bin/web"] : [`lib/${name}.rb`];
  const lines = [
    `s.name = "${name}"; s.version = "${version}"; s.summary = "x } > \\" é"; s.authors = ["A"]; s.bindir = "bin"`,
    `s.files = ${JSON.stringify(files)}`,
    part,
  ];
  writeFileSync(join(directory, "x.gemspec"), `Gem::Specification.new do |s|\n${lines.join("\n")}\nend\n`);
  execFileSync("gem", ["build", "--force", "x.gemspec", "--output", "x.gem"], { cwd: directory, stdio: "pipe" });
  return join(directory, "x.gem");
}
