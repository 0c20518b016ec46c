import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { detectLayer } from "#testing/builders/detected-layer.ts";
import { goTestProgram, hasGo, runGo, writeSources } from "#testing/run/toolchains.ts";

const OLD = goTestProgram("debug/buildinfo/testdata/go117/go117.base64");
const hasUpx = spawnSync("upx", ["--version"]).status === 0;

/** A module with two programs, and three modules that it needs: one as it is, one replaced by another, one by a directory. */
const SOURCES = {
  "go.mod": `module example.com/App/v2
go 1.21
require (
	example.com/One v1.2.3
	example.com/two v0.1.0
	example.com/local v0.0.1
)
replace example.com/two => example.com/Fork/two v1.9.0
replace example.com/local => ./local
`,
  "cmd/a/main.go":
    'package main\nimport ("example.com/One"; "example.com/local")\nfunc main() { one.Do(); local.Do() }\n',
  "cmd/b/main.go": 'package main\nimport "example.com/two"\nfunc main() { two.Do() }\n',
  "cmd/c/main.go": "package main\nfunc main() { println(1) }\n",
  "local/go.mod": "module example.com/local\ngo 1.21\n",
  "local/local.go": "package local\nfunc Do() { println(1) }\n",
  "vendor/example.com/One/one.go": "package one\nfunc Do() { println(1) }\n",
  "vendor/example.com/two/two.go": "package two\nfunc Do() { println(2) }\n",
  "vendor/example.com/local/local.go": "package local\nfunc Do() { println(3) }\n",
  "vendor/modules.txt": `# example.com/One v1.2.3
## explicit
example.com/One
# example.com/local v0.0.1 => ./local
## explicit; go 1.21
example.com/local
# example.com/two v0.1.0 => example.com/Fork/two v1.9.0
## explicit
example.com/two
# example.com/two => example.com/Fork/two v1.9.0
# example.com/local => ./local
`,
};

/** How each program is built: its package, the options and the environment. */
const BUILDS: Readonly<
  Record<string, readonly [name: string, options: readonly string[], env?: Record<string, string>]>
> = {
  "usr/bin/a": ["./cmd/a", []],
  "usr/bin/b": ["./cmd/b", ["-ldflags=-s -w"]],
  "usr/bin/pie": ["./cmd/a", ["-buildmode=pie", "-trimpath"]],
  "usr/bin/c": ["./cmd/c", []],
  // 32 bits, and the other byte order.
  "opt/mips/b": ["./cmd/b", [], { GOARCH: "mips" }],
  "opt/no-module": ["cmd/c/main.go", [], { GO111MODULE: "off", GOFLAGS: "" }],
};

let folder: string;
let image: Awaited<ReturnType<typeof detectLayer>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-go-"));
  if (!hasGo) return;
  writeSources(folder, SOURCES);
  for (const [path, [name, options, env]] of Object.entries(BUILDS))
    runGo(folder, ["build", ...options, "-o", join(folder, "root", path), name], env);
  if (OLD !== undefined) writeFileSync(join(folder, "root/usr/bin/old"), OLD);
  if (hasUpx) spawnSync("upx", ["-q", "-1", "-o", join(folder, "root/usr/bin/packed"), join(folder, "root/usr/bin/c")]);
  const members = listPaths().map((path) => ({ path, body: readFileSync(join(folder, "root", path)), mode: 0o755 }));
  image = await detectLayer(members);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function listPaths(): string[] {
  const others = [...(OLD === undefined ? [] : ["usr/bin/old"]), ...(hasUpx ? ["usr/bin/packed"] : [])];
  return [...Object.keys(BUILDS), ...others];
}

/** What `go version -m` says: each module that is in the program, with the one that it replaces; the main one; the version of Go. */
function readWithGo(path: string) {
  const [first = "", ...lines] = runGo(folder, ["version", "-m", join(folder, "root", path)]).split("\n");
  const modules: string[] = [];
  let main = "";
  for (const [, word, name = "", version = ""] of lines.map((line) => line.split("\t"))) {
    const shown = `${name} ${version.replace("(devel)", "")}`.trim();
    if (word === "mod") main = shown;
    else if (word === "dep") modules.push(shown);
    else if (word === "=>") modules[modules.length - 1] = `${shown} in place of ${modules.at(-1)}`;
  }
  const settings = lines.flatMap((line) => /^\tbuild\t((?:GOOS|GOARCH|CGO_ENABLED)=.*)/.exec(line)?.[1] ?? []);
  const go = /go(\d[\d.]*)/.exec(first.slice(first.lastIndexOf(": ")))?.[1];
  return { main, modules, go: [`Go ${go}`, ...settings].join(", ") };
}

const ownerOf = (path: string) => {
  const index = image.found.owner.get(image.tree.lookup(path)!)!;
  return { index, ...image.found.components[index]! };
};
const edgesOf = (path: string) => image.found.edges.filter(({ from }) => from === ownerOf(path).index);

describe.skipIf(!hasGo)("programs that Go has built here (needs Debian's golang-go)", () => {
  it("have the modules and the version of Go that `go version -m` reads", () => {
    let count = 0;
    for (const path of listPaths().filter((each) => each !== "usr/bin/packed")) {
      const { main, modules, go } = readWithGo(path);
      const edges = edgesOf(path);
      const { kind, name, version, instancePath } = ownerOf(path);
      const isNamed = main !== "";
      expect([path, kind]).toEqual([path, isNamed ? "golang" : "binary"]);
      if (isNamed) expect([`${name} ${version}`.trim(), instancePath]).toEqual([main, path]);
      expect(edges.map(({ detail }) => detail)).toEqual([
        ...modules.map((each) => `${path} contains ${each}`),
        `${path} was built with ${go}`,
      ]);
      expect(edges.every(({ evidence }) => evidence === Evidence.observed)).toBe(true);
      count += edges.length;
    }
    console.info(`${count} edges of ${listPaths().length} programs of Go equal to those of go version -m`);
    expect(count).toBe(OLD === undefined ? 12 : 13);
  });

  it("name the module whose code they have, once in an image, without files", () => {
    const { components } = image.found;
    const modules = components.filter(({ kind, instancePath }) => kind === "golang" && instancePath === "");
    const identities = modules.map(({ identity }) => identity);
    expect(identities.filter((each) => !each.includes("/stdlib@")).sort()).toEqual([
      "pkg:golang/example.com/fork/two@v1.9.0",
      "pkg:golang/example.com/local",
      "pkg:golang/example.com/one@v1.2.3",
    ]);
    for (const module of modules) expect(image.found.selfSize[components.indexOf(module)]).toBe(0);
    expect(modules.map(({ name }) => name)).toContain("example.com/Fork/two");
  });

  it.skipIf(!hasUpx)("are known by their content alone once upx has packed them", () => {
    expect([ownerOf("usr/bin/packed").kind, edgesOf("usr/bin/packed")]).toEqual(["binary", []]);
  });

  it("own their files: every byte is some component's", () => {
    const sizes = image.found.selfSize.reduce((sum, size) => sum + size, 0);
    expect(sizes).toBe(image.scan.contentSize);
    expect(image.scan.problems).toEqual([]);
    expect(ownerOf("opt/no-module").kind).toBe("binary");
    expect(image.found.problems.map(({ message }) => message)).toEqual([
      "example.com/App/v2 needs /lib64/ld-linux-x86-64.so.2: not in this image",
    ]);
  });
});

/** Programs of Go from Debian's packages, as large as 45 MB, with and without cgo. */
const INSTALLED = ["docker-registry", "go", "gofmt", "nix-store", "podman", "skopeo", "umoci"];

describe.skipIf(!hasGo)("programs of Go that are installed here", () => {
  it("say of their build what `go version -m` says", { timeout: 60_000 }, async () => {
    const found = INSTALLED.map((name) =>
      spawnSync("sh", ["-c", `readlink -f "$(command -v ${name})"`])
        .stdout.toString()
        .trim(),
    );
    const files = found.filter((file) => file !== "");
    for (const file of files) {
      const { scan } = await detectLayer([{ path: "program", body: readFileSync(file), mode: 0o755 }]);
      const facts = readProgramFacts(scan.documents[0]!.body);
      const lines = spawnSync("go", ["version", "-m", file], { encoding: "utf8" }).stdout.split("\n\t");
      const text = lines.map((line) => line.trim().replace(/\th1:.*/, "")).join("\n");
      const expected = text.startsWith(`${file}: go`) ? text.slice(`${file}: `.length) : undefined;
      expect([file, facts?.kind === "elf" ? facts.build?.text.trim() : ""]).toEqual([file, expected]);
    }
    console.info(`${files.length} installed programs of Go equal to go version -m`);
    expect(files.length).toBeGreaterThan(1);
  });
});
