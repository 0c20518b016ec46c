import { describe, expect, it } from "vitest";
import { parseElfNeeds } from "#lib/formats/elf/index.ts";
import { writeProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { buildElf, type TestElf } from "#testing/builders/elf.ts";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const LOADER = "/lib64/ld-linux-x86-64.so.2";
const X86_64 = "usr/lib/x86_64-linux-gnu";
const SHA256 = "ab".repeat(32);

/** What a layer keeps of such a file. */
function elf(given: TestElf): Uint8Array {
  const needs = parseElfNeeds([{ offset: 0, bytes: buildElf(given) }]).value!;
  return writeProgramFacts({ kind: "elf", needs, sha256: SHA256 });
}
const library = (soname: string, given: TestElf = {}) => elf({ soname, ...given });
const program = (needed: readonly string[], given: TestElf = {}) => elf({ interpreter: LOADER, needed, ...given });
/** The other spelling of a token. */
const braced = (token: string) => ["$", "{", token, "}"].join("");
const script = (line: string) => writeProgramFacts({ kind: "script", line });

/** A system with the C library of Debian, and packages with the files given. */
function view(
  files: Readonly<Record<string, TreeEntry>>,
  lists: Readonly<Record<string, readonly string[]>>,
  path?: string,
) {
  const listed = { libc6: [`${X86_64}/libc.so.6`, "usr/lib64/ld-linux-x86-64.so.2"], ...lists };
  const records = Object.entries(listed).map(([name, paths]) => [
    `var/lib/dpkg/info/${name}.list`,
    `${paths.map((each) => `/${each}\n`).join("")}`,
  ]);
  return viewPackages(
    {
      "var/lib/dpkg/status": Object.keys(listed)
        .map((name) => debRecord(name))
        .join(""),
      ...Object.fromEntries(records),
      lib: { symlink: "usr/lib" },
      lib64: { symlink: "usr/lib64" },
      [`${X86_64}/libc.so.6`]: library("libc.so.6", { interpreter: LOADER, needed: ["ld-linux-x86-64.so.2"] }),
      "usr/lib64/ld-linux-x86-64.so.2": library("ld-linux-x86-64.so.2"),
      "etc/ld.so.conf": "include /etc/ld.so.conf.d/*.conf\n/opt/last\n",
      "etc/ld.so.conf.d/b.conf": "/opt/b\n",
      "etc/ld.so.conf.d/a.conf": "/opt/a\n",
      ...files,
    },
    [],
    path,
  );
}

/** The edges that are not Debian's, and not of the C library. */
const linked = ({ edges }: ReturnType<typeof viewPackages>) => edges.filter((edge) => !edge.includes("libc6"));

describe("a package that links another's library", () => {
  it("refers to it, as observed, beside what it declares", () => {
    const image = view(
      { "usr/bin/tool": program(["libc.so.6"]), "usr/bin/also": program(["libc.so.6"]) },
      { tool: ["usr/bin/tool", "usr/bin/also"] },
    );
    expect(image.edges).toEqual(["tool@1 → libc6@1 [usr/bin/also needs libc.so.6]"]);
    expect(image.found.edges.map(({ evidence }) => evidence)).toEqual([Evidence.observed]);
    expect(image.messages).toEqual([]);
  });

  const search = (given: TestElf, paths: readonly string[], files: Readonly<Record<string, TreeEntry>> = {}) => {
    const places = paths.map((path, i) => [path, library("liba.so.1"), `lib${i}`] as const);
    const image = view(
      {
        "opt/tool/bin/tool": program(["liba.so.1"], given),
        ...Object.fromEntries(places.map(([path, body]) => [path, body])),
        ...files,
      },
      { tool: ["opt/tool/bin/tool"], ...Object.fromEntries(places.map(([path, , name]) => [name, [path]])) },
    );
    return [...linked(image).map((edge) => edge.replace(/ \[.*/, "")), ...image.messages];
  };

  it.each([
    ["the default directories, Debian's first", {}, ["usr/lib/liba.so.1", `${X86_64}/liba.so.1`], "lib1"],
    ["lib64", {}, ["usr/lib/liba.so.1", "usr/lib64/liba.so.1"], "lib1"],
    [
      "ld.so.conf before them, included files in order of names",
      {},
      [`${X86_64}/liba.so.1`, "opt/b/liba.so.1", "opt/a/liba.so.1"],
      "lib2",
    ],
    ["its lines after an include last", {}, ["opt/last/liba.so.1", "opt/b/liba.so.1"], "lib1"],
    ["RUNPATH before it", { runpath: "/opt/x:$ORIGIN/../lib" }, ["opt/a/liba.so.1", "opt/tool/lib/liba.so.1"], "lib1"],
    ["RPATH", { rpath: `${braced("ORIGIN")}/../lib` }, ["opt/a/liba.so.1", "opt/tool/lib/liba.so.1"], "lib1"],
    [
      "RUNPATH alone if there are both",
      { rpath: "/opt/r", runpath: "/opt/x" },
      ["opt/a/liba.so.1", "opt/r/liba.so.1"],
      "lib0",
    ],
    [
      "$LIB and $PLATFORM",
      { runpath: `/opt/$LIB/${braced("PLATFORM")}` },
      ["opt/a/liba.so.1", "opt/lib64/x86_64/liba.so.1"],
      "lib1",
    ],
    ["variants for newer processors where nothing else is", {}, [`${X86_64}/glibc-hwcaps/x86-64-v3/liba.so.1`], "lib0"],
    [
      "the plain file before its variant",
      {},
      [`${X86_64}/glibc-hwcaps/x86-64-v3/liba.so.1`, `${X86_64}/liba.so.1`],
      "lib1",
    ],
  ] as const)("finds it in %s", (_, given, paths, found) => {
    expect(search(given, paths)).toEqual([`tool@1 → ${found}@1`]);
  });

  it("passes over files of another machine, and over what is no ELF file", () => {
    const files = { "opt/a/liba.so.1": library("liba.so.1", { machine: 183 }), "opt/b/liba.so.1": "INPUT(x)" };
    expect(search({}, [`${X86_64}/liba.so.1`], files)).toEqual(["tool@1 → lib0@1"]);
  });

  it("finds it through symlinks, which belong to whoever lists them", () => {
    const image = view(
      {
        "usr/bin/tool": program(["liba.so.1"]),
        [`${X86_64}/liba.so.1`]: { symlink: "../../../opt/real/liba.so.1.2" },
        "opt/real/liba.so.1.2": library("liba.so.1"),
      },
      { tool: ["usr/bin/tool"], link: [`${X86_64}/liba.so.1`], real: ["opt/real/liba.so.1.2"] },
    );
    expect(linked(image)).toEqual([
      "tool@1 → real@1 [usr/bin/tool needs liba.so.1]",
      `link@1 → real@1 [${X86_64}/liba.so.1 links to ../../../opt/real/liba.so.1.2]`,
    ]);
  });
});

describe("a need that the linker cannot satisfy", () => {
  it("is a problem, once for each package", () => {
    const image = view(
      { "usr/bin/a": program(["libgone.so.2"]), "usr/bin/b": program(["libgone.so.2"]) },
      { tool: ["usr/bin/a", "usr/bin/b"] },
    );
    expect(image.messages).toEqual(["usr/bin/a: tool needs libgone.so.2: not in this image"]);
    expect(image.found.problems[0]!.code).toBe("unresolved-dependency");
  });

  it("is one of a missing interpreter too", () => {
    const image = view({ "usr/bin/a": elf({ interpreter: "/lib/ld-musl-x86_64.so.1" }) }, { tool: ["usr/bin/a"] });
    expect(image.messages).toEqual(["usr/bin/a: tool needs /lib/ld-musl-x86_64.so.1: not in this image"]);
  });

  it("is inferred to be the image's only file of that name: a plugin's program has loaded it already", () => {
    const image = view(
      {
        "opt/app/plugin.so": library("plugin.so", { needed: ["libcore.so", "libown.so"] }),
        "opt/app/own/libown.so": library("libown.so"),
        "opt/core/libcore-1.so": library("libcore.so"),
        "usr/bin/tool": program(["libcore.so"]),
      },
      { app: ["opt/app/plugin.so", "opt/app/own/libown.so"], core: ["opt/core/libcore-1.so"], tool: ["usr/bin/tool"] },
    );
    expect(linked(image)).toEqual([
      "app@1 → core@1 [opt/app/plugin.so needs libcore.so, which the linker does not find at opt/core/libcore-1.so]",
      "tool@1 → core@1 [usr/bin/tool needs libcore.so, which the linker does not find at opt/core/libcore-1.so]",
    ]);
    expect(image.messages).toEqual([
      "usr/bin/tool: tool needs libcore.so: only at opt/core/libcore-1.so, where the linker does not look",
    ]);
  });
});

describe("a version of symbols that the found library does not define", () => {
  const needing = (given: TestElf, defined: readonly string[]) =>
    view(
      {
        "usr/bin/tool": program(["liba.so.1"], given),
        "usr/bin/other": program(["liba.so.1"], given),
        [`${X86_64}/liba.so.1`]: library("liba.so.1", { versionsDefined: defined }),
      },
      { tool: ["usr/bin/tool", "usr/bin/other"], liba: [`${X86_64}/liba.so.1`] },
    );
  const versionsNeeded = { "liba.so.1": ["A_1.2", "A_1.10", "B"] };

  it("is a problem, once for each package, which says how far the library goes", () => {
    const { found } = needing({ versionsNeeded }, ["A_1.2", "A_1.9", "A_PRIVATE"]);
    expect(found.problems.map(({ message, unmet, path }) => [path, message, unmet])).toEqual([
      [
        "usr/bin/other",
        "tool needs A_1.10 of liba.so.1, which defines up to A_1.9; 1 more is missing",
        { component: "pkg:deb/debian/tool@1?arch=amd64", need: "A_1.10 of liba.so.1" },
      ],
    ]);
  });

  it("is none where the linker starts the program all the same", () => {
    expect(needing({ versionsNeeded }, ["A_1.2", "A_1.10", "B"]).messages).toEqual([]);
    expect(needing({ versionsNeeded }, []).messages).toEqual([]);
    expect(needing({ versionsNeeded, weakVersions: ["A_1.10", "B"] }, ["A_1.2"]).messages).toEqual([]);
    expect(needing({ versionsNeeded: { "libb.so.1": ["B_1"] } }, ["A_1"]).messages).toEqual([]);
  });
});

describe("a program without a package", () => {
  const identity = (name: string) => `pkg:generic/${name}?checksum=sha256%3A${SHA256}`;

  it("is a component with its own edges, also through libraries that stay unowned", () => {
    const image = view(
      {
        "srv/app": program(["libc.so.6", "libmine.so"], { runpath: "$ORIGIN" }),
        "srv/libmine.so": library("libmine.so", { needed: ["libmine2.so", "liba.so.1"], runpath: "$ORIGIN" }),
        "srv/libmine2.so": library("libmine2.so", { needed: ["libmine.so", "libb.so.1"], runpath: "$ORIGIN" }),
        [`${X86_64}/liba.so.1`]: library("liba.so.1"),
        [`${X86_64}/libb.so.1`]: library("libb.so.1"),
      },
      { a: [`${X86_64}/liba.so.1`], b: [`${X86_64}/libb.so.1`] },
    );
    expect(image.found.components.find(({ kind }) => kind === "binary")).toEqual({
      kind: "binary",
      name: "app",
      version: "",
      identity: identity("app"),
      instancePath: "",
    });
    expect(linked(image)).toEqual([
      "app → a@1 [srv/libmine.so needs liba.so.1]",
      "app → b@1 [srv/libmine2.so needs libb.so.1]",
    ]);
    expect([image.ownerOf("srv/app"), image.ownerOf("srv/libmine.so")]).toEqual(["app", "unowned@0"]);
    expect(image.selfSizeOf("app")).toBeGreaterThan(0);
  });

  it("is no component if another name of it is a package's, or if it is only a library or a script", () => {
    const image = view(
      {
        "usr/bin/tool": program([]),
        "srv/tool": { hardLink: "usr/bin/tool" },
        "srv/lib.so": library("lib.so"),
        "srv/run": script("/bin/sh"),
      },
      { tool: ["usr/bin/tool"] },
    );
    expect(image.found.components.filter(({ kind }) => kind === "binary")).toEqual([]);
    expect(image.ownerOf("srv/tool")).toBe("tool@1");
  });
});

describe("a script", () => {
  const files = {
    "usr/bin/run": script("/usr/bin/env -S perl -w"),
    "opt/bin/perl": program([]),
    "usr/bin/sh": program([]),
  };
  const lists = { tool: ["usr/bin/run"], perl: ["opt/bin/perl"] };

  it("refers to what runs it, which env looks for on the image's PATH", () => {
    expect(linked(view(files, lists, "/usr/bin:/opt/bin"))).toEqual(["tool@1 → perl@1 [usr/bin/run is run by perl]"]);
    const image = view({ ...files, "usr/bin/run": script("/opt/bin/perl -w") }, lists);
    expect(linked(image)).toEqual(["tool@1 → perl@1 [usr/bin/run is run by /opt/bin/perl]"]);
  });

  it("without its interpreter is a problem", () => {
    expect(view(files, lists).messages).toEqual(["usr/bin/run: tool needs perl to run this script: not in this image"]);
  });
});

describe("under musl", () => {
  const MUSL = "/lib/ld-musl-x86_64.so.1";
  const apk = (name: string, ...files: readonly string[]) => {
    const listed = files.map(
      (file) => `F:${file.slice(0, file.lastIndexOf("/"))}\nR:${file.slice(file.lastIndexOf("/") + 1)}\n`,
    );
    return `P:${name}\nV:1\nA:x86_64\n${listed.join("")}\n`;
  };
  const alpine = (given: TestElf, path: string, files: Readonly<Record<string, TreeEntry>> = {}) =>
    viewPackages({
      "lib/apk/db/installed": apk("musl", "lib/ld-musl-x86_64.so.1") + apk("tool", "opt/bin/tool") + apk("a", path),
      "lib/ld-musl-x86_64.so.1": library("libc.musl-x86_64.so.1"),
      "opt/bin/tool": elf({
        interpreter: MUSL,
        needed: ["libc.musl-x86_64.so.1", "libpthread.so.0", "liba.so.1"],
        ...given,
      }),
      [path]: library("liba.so.1", { needed: ["libc.musl-x86_64.so.1"] }),
      "etc/ld.so.conf": "/opt/conf\n",
      ...files,
    });

  it("the C library is the interpreter, and libraries need it by its own name", () => {
    expect(alpine({}, "usr/lib/liba.so.1").edges).toEqual([
      "tool@1 → musl@1 [opt/bin/tool needs libc.musl-x86_64.so.1]",
      "tool@1 → a@1 [opt/bin/tool needs liba.so.1]",
      "a@1 → musl@1 [usr/lib/liba.so.1 needs libc.musl-x86_64.so.1]",
    ]);
  });

  it.each([
    ["its default directories", {}, "usr/local/lib/liba.so.1", {}, true],
    ["a path of the file, of either kind", { rpath: "$ORIGIN/../lib" }, "opt/lib/liba.so.1", {}, true],
    ["the directories of its own file", {}, "opt/x/liba.so.1", { "etc/ld-musl-x86_64.path": "/lib\n/opt/x\n" }, true],
    [
      "no default directory if it has that file",
      {},
      "usr/lib/liba.so.1",
      { "etc/ld-musl-x86_64.path": "/lib\n" },
      false,
    ],
    ["no directory of ld.so.conf", {}, "opt/conf/liba.so.1", {}, false],
    ["no directory of Debian's", {}, `${X86_64}/liba.so.1`, {}, false],
  ] as const)("a library is found in %s", (_, given, path, files, isFound) => {
    const image = alpine(given, path, files);
    expect(image.edges.includes("tool@1 → a@1 [opt/bin/tool needs liba.so.1]")).toBe(isFound);
    expect(image.messages.length).toBe(isFound ? 0 : 1);
  });
});
