import { describe, expect, it } from "vitest";
import { Evidence } from "#lib/model/component.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const STATUS = debRecord("dpkg") + debRecord("apt") + debRecord("tool");
const IMAGE = {
  "var/lib/dpkg/status": STATUS,
  "var/lib/dpkg/info/tool.list": "/usr/bin/tool\n/var/cache/apt/kept\n",
  "var/lib/apt/extended_states": "Package: dpkg\nArchitecture: amd64\nAuto-Installed: 1\n\n",
  "var/lib/apt/lists/debian_InRelease": "1234",
  "var/cache/apt/pkgcache.bin": "123456",
  "var/cache/apt/kept": "12",
  "var/cache/man/index.db": "123",
  "usr/bin/tool": "1",
};

describe("what a package manager writes", () => {
  it("is a component for each of its kinds, which the manager refers to", () => {
    const image = viewPackages(IMAGE);
    expect(image.names.slice(3)).toEqual(["dpkg database", "apt lists", "apt cache", "apt records", "unowned@0"]);
    expect(["apt cache", "apt lists"].map(image.selfSizeOf)).toEqual([6, 4]);
    expect(image.selfSizeOf("dpkg database")).toBe(STATUS.length + 34);
    expect(image.edges).toEqual(
      ["dpkg@1 → dpkg database", "apt@1 → apt lists", "apt@1 → apt cache", "apt@1 → apt records"].map(
        (edge) => `${edge} [writes it]`,
      ),
    );
    expect(image.found.edges.map(({ evidence }) => evidence)).toEqual(Array(4).fill(Evidence.inferred));
    expect(image.roots).not.toContain("apt lists");
  });

  it("stays with a package that lists it, and is a root if no manager is installed", () => {
    const image = viewPackages(IMAGE);
    expect(["var/cache/apt/kept", "var/cache/man/index.db"].map(image.ownerOf)).toEqual(["tool@1", "unowned@0"]);
    const bare = viewPackages({ "lib/apk/db/installed": "P:a\nV:1\nA:x\n\n", "root/.npm/_cacache/x": "1" });
    expect(bare.roots).toEqual(["apk database", "npm cache"]);
  });
});

it("Go and Cargo keep what they have downloaded and compiled, for the toolchain that is there", () => {
  const image = viewPackages({
    "go/pkg/mod/cache/download/a.zip": "1",
    "root/go/pkg/mod/example.com/a@v1.0.0/a.go": "1",
    "root/.cache/go-build/00/a": "1",
    "usr/local/cargo/registry/cache/a.crate": "1",
    "usr/local/rustup/toolchains/1.85.1-x86_64-unknown-linux-gnu/bin/rustc": "1",
    "usr/local/rustup/toolchains/1.85.1-x86_64-unknown-linux-gnu/lib/rustlib/components": "1",
    "usr/local/cargo/config.toml": "1",
    "srv/go/pkg/mod/a": "1",
  });
  expect(["Go modules", "Go cache", "Cargo registry"].map(image.selfSizeOf)).toEqual([2, 1, 1]);
  expect(image.edges).toEqual([
    "usr/local/rustup/toolchains/1.85.1-x86_64-unknown-linux-gnu → Cargo registry [writes it]",
  ]);
  expect(image.roots).toEqual(expect.arrayContaining(["Go modules", "Go cache"]));
  expect(["usr/local/cargo/config.toml", "srv/go/pkg/mod/a"].map(image.ownerOf)).toEqual(["unowned@0", "unowned@0"]);
});

describe("byte code that no package lists", () => {
  it("belongs to the owner of its source; without one, or with an unowned one, to nobody", () => {
    const image = viewPackages({
      ...IMAGE,
      "var/lib/dpkg/info/tool.list": "/usr/lib/python3/dist-packages/tool.py\n/usr/lib/python3/old.py\n",
      "usr/lib/python3/dist-packages/tool.py": "",
      "usr/lib/python3/dist-packages/__pycache__/tool.cpython-313.pyc": "12345",
      "usr/lib/python3/dist-packages/__pycache__/tool.cpython-313.opt-1.pyc": "67",
      "usr/lib/python3/old.py": "",
      "usr/lib/python3/old.pyc": "8",
      "usr/lib/python3/gone.pyc": "9",
      "srv/mine.py": "1",
      "srv/__pycache__/mine.cpython-313.pyc": "1",
    });
    expect(image.selfSizeOf("tool@1")).toBe(8);
    expect(["usr/lib/python3/gone.pyc", "srv/__pycache__/mine.cpython-313.pyc"].map(image.ownerOf)).toEqual([
      "unowned@0",
      "unowned@0",
    ]);
  });
});
