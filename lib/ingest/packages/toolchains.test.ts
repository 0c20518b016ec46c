import { describe, expect, it } from "vitest";
import { parseElfNeeds } from "#lib/formats/elf/index.ts";
import { writeProgramFacts } from "#lib/formats/program-facts/index.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const needs = parseElfNeeds([{ offset: 0, bytes: buildElf({ type: 2 }) }]).value!;
const build = { format: "go", text: "go1.24.4\npath\tcmd/go\n" } as const;
const GO = writeProgramFacts({ kind: "elf", needs, sha256: "ab".repeat(32), build });
const OTHER = writeProgramFacts({ kind: "elf", needs, sha256: "cd".repeat(32) });
const RUSTUP = "usr/local/rustup/toolchains";
const rust = (name: string) => ({
  [`${RUSTUP}/${name}/bin/rustc`]: OTHER,
  [`${RUSTUP}/${name}/lib/rustlib/components`]: "rustc",
});

describe("a toolchain without a package", () => {
  it("of Go owns its directory, at the version by which its command was built", () => {
    const image = viewPackages({
      "usr/local/go/bin/go": GO,
      "usr/local/go/src/runtime/proc.go": "1",
      "usr/local/go/pkg/tool/linux_amd64/compile": GO,
      "usr/local/other": "1",
    });
    expect(image.found.components[0]).toEqual({
      ...{ kind: "binary", name: "Go", version: "1.24.4", identity: "pkg:generic/go@1.24.4" },
      instancePath: "usr/local/go",
    });
    const paths = ["go/bin/go", "go/src/runtime/proc.go", "go/pkg/tool/linux_amd64/compile", "other"];
    expect(paths.map((path) => image.ownerOf(`usr/local/${path}`))).toEqual([
      ...Array(3).fill("usr/local/go"),
      "unowned@0",
    ]);
    expect(image.edges).toEqual(["usr/local/go → stdlib@1.24.4 [usr/local/go/bin/go was built with Go 1.24.4]"]);
  });

  it("of Rust has the version in its name, unless that is a channel's", () => {
    const image = viewPackages({
      ...rust("1.85.1-x86_64-unknown-linux-gnu"),
      ...rust("stable-x86_64-unknown-linux-gnu"),
    });
    expect(image.found.components.map(({ identity, instancePath }) => [identity, instancePath])).toEqual([
      ["pkg:generic/rust@1.85.1", `${RUSTUP}/1.85.1-x86_64-unknown-linux-gnu`],
      ["pkg:generic/rust", `${RUSTUP}/stable-x86_64-unknown-linux-gnu`],
    ]);
  });

  it("is none without its library or its own program, in the directories of the system, or of a package", () => {
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("golang"),
      "var/lib/dpkg/info/golang.list": "/usr/lib/go/bin/go\n",
      "usr/lib/go/bin/go": GO,
      "usr/lib/go/src/runtime/proc.go": "1",
      "usr/local/bin/go": GO,
      "usr/local/src/runtime/proc.go": "1",
      "opt/a/bin/go": OTHER,
      "opt/a/src/runtime/proc.go": "1",
      "opt/b/bin/go": GO,
      "opt/c/bin/rustc": OTHER,
    });
    expect(image.found.components.filter(({ name }) => name === "Go" || name === "Rust")).toEqual([]);
  });
});
