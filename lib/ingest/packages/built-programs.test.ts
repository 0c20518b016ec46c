import { describe, expect, it } from "vitest";
import { parseElfNeeds } from "#lib/formats/elf/index.ts";
import { type BuildText, writeProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { buildElf, type TestElf } from "#testing/builders/elf.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

/** What a layer keeps of a program with such a build. */
function program(build: BuildText, elf: TestElf = { type: 2 }): Uint8Array {
  const needs = parseElfNeeds([{ offset: 0, bytes: buildElf(elf) }]).value!;
  return writeProgramFacts({ kind: "elf", needs, sha256: "ab".repeat(32), build });
}

const go = (...lines: readonly string[]) => ({ format: "go", text: ["go1.24.4", ...lines, ""].join("\n") }) as const;
const cargo = (...packages: readonly object[]) => ({ format: "cargo", text: JSON.stringify({ packages }) }) as const;
const APP = go("path\texample.com/App/cmd/a", "mod\texample.com/App\tv1.2.0", "dep\texample.com/b\tv2.0.0");
const DEMO = cargo(
  { name: "one", version: "1.0.0" },
  { name: "maker", version: "0.1.0", kind: "build", dependencies: [0] },
  { name: "demo", version: "0.3.0", root: true, dependencies: [0, 1] },
);
const owned = (path: string) => ({
  "var/lib/dpkg/status": debRecord("a"),
  "var/lib/dpkg/info/a.list": `/${path}\n`,
});
const kindsOf = ({ found }: ReturnType<typeof viewPackages>) =>
  found.components.map(({ kind, identity, instancePath }) => `${kind} ${identity} ${instancePath}`.trim());

describe("a program of Go", () => {
  it("that no package owns is its module, at its path; two of one module are two", () => {
    const image = viewPackages({ "bin/a": program(APP), "bin/b": program(APP), "bin/a2": { hardLink: "bin/a" } });
    expect(kindsOf(image)).toEqual([
      "golang pkg:golang/example.com/app@v1.2.0 bin/a",
      "golang pkg:golang/example.com/app@v1.2.0 bin/b",
      "golang pkg:golang/example.com/b@v2.0.0",
      "golang pkg:golang/stdlib@1.24.4",
    ]);
    expect(["bin/a", "bin/a2", "bin/b"].map(image.ownerOf)).toEqual(["bin/a", "bin/a", "bin/b"]);
    expect(image.selfSizeOf("example.com/b@v2.0.0")).toBe(0);
    expect(image.edges).toEqual(
      ["bin/a", "bin/b"].flatMap((path) => [
        `${path} → example.com/b@v2.0.0 [${path} contains example.com/b v2.0.0]`,
        `${path} → stdlib@1.24.4 [${path} was built with Go 1.24.4]`,
      ]),
    );
    expect(new Set(image.found.edges.map(({ evidence }) => evidence))).toEqual(new Set([Evidence.observed]));
  });

  it("that a package owns is that package's, and so are its modules", () => {
    const image = viewPackages({ ...owned("bin/a"), "bin/a": program(APP) });
    expect(image.ownerOf("bin/a")).toBe("a@1");
    expect(image.edges).toContain("a@1 → example.com/b@v2.0.0 [bin/a contains example.com/b v2.0.0]");
  });

  it("without a module is known by its content; a library without one stays unowned, and one with a module is that", () => {
    const text = go("path\tcommand-line-arguments", "dep\texample.com/b\tv2.0.0");
    const image = viewPackages({
      "bin/a": program(text),
      "lib/a.so": program(text, { soname: "a.so" }),
      "lib/b.so": program(APP, { soname: "b.so" }),
    });
    expect(["bin/a", "lib/a.so", "lib/b.so"].map(image.ownerOf)).toEqual(["a", "unowned@0", "lib/b.so"]);
    expect(image.edges.filter((edge) => edge.startsWith("a →"))).toHaveLength(2);
    expect(image.edges.filter((edge) => edge.startsWith("unowned"))).toEqual([]);
  });

  it("has the module that replaces another, and a replaced directory as the module at no version", () => {
    const lines = ["dep\tm/a\tv1.0.0", "=>\tm/fork\tv3.0.0", "dep\tm/b\tv2.0.0", "=>\t./b\t(devel)"];
    const settings = ["build\t-tags=x", "build\tGOOS=linux", `build\tvcs.revision=${"0".repeat(70)}`];
    const image = viewPackages({ "bin/a": program(go("mod\tm\t(devel)", ...lines, ...settings)) });
    expect(image.edges).toEqual([
      "bin/a → m/fork@v3.0.0 [bin/a contains m/fork v3.0.0 in place of m/a v1.0.0]",
      "bin/a → m/b@ [bin/a contains ./b in place of m/b v2.0.0]",
      `bin/a → stdlib@1.24.4 [bin/a was built with Go 1.24.4, GOOS=linux, vcs.revision=${"0".repeat(64)}… (6 more characters)]`,
    ]);
  });

  it("with a damaged line is a problem of its file", () => {
    const image = viewPackages({ "bin/a": program(go("mod\tm\tv1.0.0", "dep\t\tv1")) });
    expect(image.messages).toEqual([String.raw`bin/a: no module and version of Go: "dep\t\tv1"`]);
  });
});

describe("a program of Rust", () => {
  it("is its crate, with the crates that are in it; those of its build are not", () => {
    const image = viewPackages({ "bin/demo": program(DEMO) });
    expect(kindsOf(image)).toEqual(["cargo pkg:cargo/demo@0.3.0 bin/demo", "cargo pkg:cargo/one@1.0.0"]);
    expect(image.edges).toEqual(["bin/demo → one@1.0.0 [bin/demo: demo 0.3.0 depends on one 1.0.0]"]);
    expect(image.found.edges[0]!.evidence).toBe(Evidence.declared);
  });

  it("that a package owns is that package's", () => {
    const image = viewPackages({ ...owned("bin/demo"), "bin/demo": program(DEMO) });
    expect(image.edges).toEqual(["a@1 → one@1.0.0 [bin/demo: demo 0.3.0 depends on one 1.0.0]"]);
  });

  it("whose list is damaged, or names no program, is known by its content", () => {
    for (const build of [cargo({ name: "one", version: "1" }), { format: "cargo", text: "{" } as const]) {
      const image = viewPackages({ "bin/demo": program(build) });
      expect(image.ownerOf("bin/demo")).toBe("demo");
    }
  });
});
