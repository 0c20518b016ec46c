import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Evidence } from "#lib/model/component.ts";
import { detectLayer } from "#testing/builders/detected-layer.ts";
import { hasCargo, runCargo, writeSources } from "#testing/run/toolchains.ts";

const crate = (name: string, version: string, sections: string) =>
  `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${sections}`;

/** A program with two crates that share one, and a crate for its build script. */
const SOURCES = {
  "Cargo.toml": crate(
    "demo-app",
    "0.3.0",
    '[dependencies]\none = { path = "one" }\ntwo = { path = "two" }\n[build-dependencies]\nmaker = { path = "maker" }\n',
  ),
  "build.rs": "fn main() { maker::make(); }\n",
  "src/main.rs": 'fn main() { println!("{}", one::value() + two::value()); }\n',
  "one/Cargo.toml": crate("one", "1.2.3-rc.1+build.5", '[dependencies]\nshared = { path = "../shared" }\n'),
  "one/src/lib.rs": "pub fn value() -> u32 { shared::value() }\n",
  "two/Cargo.toml": crate("two", "2.0.0", '[dependencies]\nshared = { path = "../shared" }\n'),
  "two/src/lib.rs": "pub fn value() -> u32 { shared::value() * 2 }\n",
  "shared/Cargo.toml": crate("shared", "0.1.0", ""),
  "shared/src/lib.rs": "pub fn value() -> u32 { std::process::id() }\n",
  "maker/Cargo.toml": crate("maker", "0.0.1", ""),
  "maker/src/lib.rs": "pub fn make() {}\n",
};

/** Optimised, with all that debuggers read, and stripped of every symbol. */
const PROFILES = {
  "usr/bin/release": ["--release"],
  "usr/bin/debug": [],
  "usr/bin/stripped": [
    "--profile",
    "bare",
    "--config",
    "profile.bare.inherits='release'",
    "--config",
    "profile.bare.strip=true",
  ],
} as const;
const OUTPUT = { "usr/bin/release": "release", "usr/bin/debug": "debug", "usr/bin/stripped": "bare" } as const;
const PATHS = Object.keys(PROFILES) as (keyof typeof PROFILES)[];

interface Listed {
  readonly name: string;
  readonly version: string;
  readonly kind?: string;
  readonly dependencies?: readonly number[];
}

let folder: string;
let image: Awaited<ReturnType<typeof detectLayer>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-cargo-"));
  if (!hasCargo) return;
  writeSources(folder, SOURCES);
  for (const path of PATHS) runCargo(folder, ["build", "--offline", ...PROFILES[path]]);
  image = await detectLayer(PATHS.map((path) => ({ path, body: readFileSync(fileOf(path)), mode: 0o755 })));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(path: keyof typeof PROFILES): string {
  return join(folder, "target", OUTPUT[path], "demo-app");
}

/** The list in the section `.dep-v0`, as objcopy takes it out. */
function readSection(path: keyof typeof PROFILES): Listed[] {
  const section = join(folder, "section");
  const flags = ["--only-section=.dep-v0", "--set-section-flags", ".dep-v0=alloc"];
  execFileSync("objcopy", ["-O", "binary", ...flags, fileOf(path), section]);
  return JSON.parse(inflateSync(readFileSync(section)).toString()).packages;
}

const shown = ({ name, version }: Listed) => `${name} ${version}`;

describe.skipIf(!hasCargo)("programs that cargo auditable has built here (needs Debian's cargo-auditable)", () => {
  it("have the crates and dependencies of the section that objcopy takes out", () => {
    let count = 0;
    for (const path of PATHS) {
      const list = readSection(path);
      const isIn = ({ kind }: Listed) => kind !== "build";
      expect(list.map(({ name }) => name).sort()).toEqual(["demo-app", "maker", "one", "shared", "two"]);
      const expected = list.filter(isIn).flatMap((from) => {
        const dependencies = (from.dependencies ?? []).map((i) => list[i]!).filter(isIn);
        return dependencies.map((to) => `${shown(from)} depends on ${shown(to)}`);
      });
      const index = image.found.owner.get(image.tree.lookup(path)!)!;
      expect(image.found.components[index]).toMatchObject({
        kind: "cargo",
        identity: "pkg:cargo/demo-app@0.3.0",
        instancePath: path,
      });
      const { components, edges } = image.found;
      const isOfProgram = (i: number) => i === index || components[i]!.instancePath === "";
      const ours = edges.filter(({ from, evidence }) => evidence === Evidence.declared && isOfProgram(from));
      expect(ours.map(({ detail }) => detail.replace(/^[^:]+: /, "")).sort()).toEqual(expected.sort());
      count += ours.length;
    }
    console.info(`${count} dependencies of ${PATHS.length} programs of Rust equal to those of their sections`);
    expect(count).toBe(12);
  });

  it("share the crates in them, which have no files, and leave out those of the build", () => {
    const { components, selfSize } = image.found;
    const crates = components.filter(({ kind, instancePath }) => kind === "cargo" && instancePath === "");
    expect(crates.map(({ identity }) => identity).sort()).toEqual([
      "pkg:cargo/one@1.2.3-rc.1+build.5",
      "pkg:cargo/shared@0.1.0",
      "pkg:cargo/two@2.0.0",
    ]);
    for (const each of crates) expect(selfSize[components.indexOf(each)]).toBe(0);
    expect(selfSize.reduce((sum, size) => sum + size, 0)).toBe(image.scan.contentSize);
  });
});
