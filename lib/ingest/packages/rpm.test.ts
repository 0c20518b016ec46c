import { describe, expect, it } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { viewPackages } from "#testing/builders/packages.ts";
import { ndbDatabase, type RpmRecord, rpmHeader } from "#testing/builders/rpm-database.ts";

const DATABASE = "usr/lib/sysimage/rpm/Packages.db";
const EQUAL = 8;
const AT_LEAST = 12;
const LESS = 2;

/** An image whose rpm database has these packages. */
function view(records: readonly RpmRecord[], rest: Readonly<Record<string, TreeEntry>> = {}) {
  return viewPackages({ [DATABASE]: ndbDatabase(records.map(rpmHeader)), ...rest });
}

/** The edges of a package `a` with this requirement, or what is unresolved. */
function need(requirement: string | readonly [string, number, string], others: readonly RpmRecord[]): string[] {
  const requires = [typeof requirement === "string" ? ([requirement] as const) : requirement];
  const { edges, messages } = view([{ name: "a", requires }, ...others]);
  return [
    ...edges.map((edge) => edge.replace(/ \[.*/, "")),
    ...messages.map((message) => message.replace(/^.*: a 1-1: /, "")),
  ];
}

describe("the packages", () => {
  it("have a purl, a version with its epoch, and the release line of their distribution", () => {
    const { found } = view([{ name: "bind", version: "9.18", release: "1.el9", epoch: 32 }], {
      "etc/os-release": 'ID="rhel"\nVERSION_ID="9.4"\n',
    });
    expect(found.components[0]).toMatchObject({
      kind: "rpm",
      name: "bind",
      version: "32:9.18-1.el9",
      identity: "pkg:rpm/redhat/bind@9.18-1.el9?arch=x86_64&distro=rhel-9&epoch=32",
    });
  });

  it("are read once where one directory is a link to the other, and in the order of rpm's formats", () => {
    const image = viewPackages({
      [DATABASE]: ndbDatabase([rpmHeader({ name: "new" })]),
      "usr/lib/sysimage/rpm/Packages": ndbDatabase([rpmHeader({ name: "old" })]),
      "usr/lib/sysimage/rpm/rpmdb.sqlite": "",
      "var/lib/rpm": { symlink: "../../usr/lib/sysimage/rpm" },
    });
    expect(image.names).toEqual(["new@1-1", "rpm database"]);
    expect(image.messages).toEqual([]);
  });

  it("are those of the database that was written last, where there are two", () => {
    const old = { layer: 0, body: ndbDatabase([rpmHeader({ name: "old" })]) };
    const moved = { layer: 1, body: ndbDatabase([rpmHeader({ name: "new" })]) };
    const databases = { [DATABASE]: old, "var/lib/rpm/Packages.db": moved };
    expect(viewPackages(databases).names.slice(0, 1)).toEqual(["new@1-1"]);
  });

  it("may be installed in two versions, but not twice in one", () => {
    const kernels = ["1", "2", "2"].map((version) => ({ name: "kernel", version }));
    const image = view(kernels);
    expect(image.names).toEqual(["kernel@1-1", "kernel@2-1", "rpm database"]);
    expect(image.messages).toEqual([`${DATABASE}: kernel is listed twice`]);
  });

  it("of a damaged database are missing, and the image is not", () => {
    const image = viewPackages({ "var/lib/rpm/rpmdb.sqlite": "SQLite format 3\0damage", f: "123" });
    expect(image.names).toEqual(["rpm database", "unowned@0"]);
    expect(image.messages).toEqual(["var/lib/rpm/rpmdb.sqlite: not an SQLite database"]);
  });
});

describe("the files of a package", () => {
  it("are found through a directory that became a link (merged /usr)", () => {
    const image = view([{ name: "a", files: ["/bin/x", "/etc"] }], {
      bin: { symlink: "usr/bin" },
      "usr/bin/x": "12345",
    });
    expect(image.ownerOf("usr/bin/x")).toBe("a@1-1");
    expect(image.selfSizeOf("a@1-1")).toBe(5);
  });

  it("belong to the package that installed them, and to one that only names them (%ghost) if they are there", () => {
    const records: RpmRecord[] = [
      { name: "ghostly", ghosts: ["/f", "/var/log/x", "/gone"], absent: ["/doc"] },
      { name: "real", files: ["/f"] },
    ];
    const image = view(records, { f: "1", "var/log/x": "22", doc: "3" });
    expect(["f", "var/log/x", "doc"].map(image.ownerOf)).toEqual(["real@1-1", "ghostly@1-1", "ghostly@1-1"]);
  });

  it("of two architectures belong to the one whose file rpm kept", () => {
    const records: RpmRecord[] = [
      { name: "lib", arch: "i686", absent: ["/usr/bin/tool"] },
      { name: "lib", arch: "x86_64", files: ["/usr/bin/tool"] },
    ];
    const image = view(records, { "usr/bin/tool": "1" });
    expect(image.found.components.map(({ identity }) => identity).slice(0, 2)).toEqual([
      "pkg:rpm/lib@1-1?arch=i686",
      "pkg:rpm/lib@1-1?arch=x86_64",
    ]);
    expect(image.found.selfSize.slice(0, 2)).toEqual(new Float64Array([0, 1]));
  });
});

describe("a requirement", () => {
  const b = (version: string, epoch?: number): RpmRecord => {
    const evr = `${epoch === undefined ? "" : `${epoch}:`}${version}-1`;
    return { name: "b", version, epoch, provides: [["b", EQUAL, evr]] };
  };
  const provider = (name: string, ...provides: NonNullable<RpmRecord["provides"]>): RpmRecord => ({ name, provides });
  const MISSING = "nothing installed satisfies Requires: ";

  it.each([
    ["a name", "b", [b("1")], ["a@1-1 → b@1-1"]],
    ["a name in a package that does not list it", "b", [{ name: "b" }], ["a@1-1 → b@1-1"]],
    ["a version", ["b", AT_LEAST, "1.0~rc1"], [b("1.0")], ["a@1-1 → b@1.0-1"]],
    ["a version that is too old", ["b", AT_LEAST, "1.0"], [b("1.0~rc1")], [`${MISSING}b >= 1.0`]],
    ["an epoch", ["b", LESS, "1:0"], [b("9")], ["a@1-1 → b@9-1"]],
    ["an epoch that is too new", ["b", LESS, "9"], [b("1", 1)], [`${MISSING}b < 9`]],
    ["a soname", "libb.so.1()(64bit)", [provider("b", ["libb.so.1()(64bit)"])], ["a@1-1 → b@1-1"]],
    ["a soname of the other width", "libb.so.1", [provider("b", ["libb.so.1()(64bit)"])], [`${MISSING}libb.so.1`]],
    ["every provider", "x", [provider("b", ["x"]), provider("c", ["x"])], ["a@1-1 → b@1-1", "a@1-1 → c@1-1"]],
    ["a file", "/usr/bin/sh", [{ name: "b", files: ["/usr/bin/sh"] }], ["a@1-1 → b@1-1"]],
    ["a file that is provided", "/bin/sh", [provider("b", ["/bin/sh"])], ["a@1-1 → b@1-1"]],
    ["a file that rpm left out", "/doc", [{ name: "b", absent: ["/doc"] }], [`${MISSING}/doc`]],
    ["itself", "a", [], []],
    ["its own configuration", ["config(a)", EQUAL, "1-1"], [], []],
    ["one of two", "(b or c)", [{ name: "b" }, { name: "c" }], ["a@1-1 → b@1-1", "a@1-1 → c@1-1"]],
    ["one of two, one missing", "(b or c)", [{ name: "c" }], ["a@1-1 → c@1-1"]],
    ["both", "(b and c)", [{ name: "b" }], [`${MISSING}(b and c)`]],
    ["one if another is there", "(b if c)", [{ name: "b" }, { name: "c" }], ["a@1-1 → b@1-1"]],
    ["one if another is not there", "(b if c)", [{ name: "b" }], []],
    ["one, else another", "(b if c else d)", [{ name: "d" }], ["a@1-1 → d@1-1"]],
    ["one unless another is there", "(b unless c)", [{ name: "b" }], ["a@1-1 → b@1-1"]],
    ["one package with both", "(x with y)", [provider("b", ["x"], ["y"]), provider("c", ["x"])], ["a@1-1 → b@1-1"]],
    ["one package without", "(x without y)", [provider("b", ["x"], ["y"]), provider("c", ["x"])], ["a@1-1 → c@1-1"]],
    ["a file among alternatives", "(/bin/x or c)", [{ name: "b", files: ["/bin/x"] }], ["a@1-1 → b@1-1"]],
    ["one that cannot be read", "(b or", [{ name: "b" }], [`${MISSING}(b or`]],
  ] as const)("of %s", (_, requirement, others, expected) => expect(need(requirement, others)).toEqual(expected));

  it("of a file is met through a link, too", () => {
    const records: RpmRecord[] = [
      { name: "a", requires: [["/bin/sh"], ["/sbin/gone"]] },
      { name: "bash", files: ["/usr/bin/sh"] },
    ];
    const image = view(records, { bin: { symlink: "usr/bin" }, "usr/bin/sh": "1" });
    expect(image.edges).toEqual(["a@1-1 → bash@1-1 [Requires: /bin/sh]"]);
    expect(image.messages).toEqual([`${DATABASE}: a 1-1: nothing installed satisfies Requires: /sbin/gone`]);
  });
});

describe("installed on request", () => {
  const three = ["a", "b", "c"].map((name) => ({ name }));
  const roots = (rest: Record<string, TreeEntry>) => view(three, rest).roots.filter((root) => root.includes("@1-1"));

  it("is known from dnf 5", () => {
    const state =
      'version = "1.0"\n[packages]\n"a.x86_64" = {reason = "User"}\n"b.x86_64" = {reason = "Dependency"}\n"c.x86_64" = {reason = "External User"}\n';
    expect(roots({ "usr/lib/sysimage/libdnf5/packages.toml": state })).toEqual(["a@1-1", "c@1-1"]);
  });

  it("is known from zypp, which lists the others", () => {
    expect(roots({ "var/lib/zypp/AutoInstalled": "# generated\nb\n" })).toEqual(["a@1-1", "c@1-1"]);
  });

  it("is not known without any record", () => expect(roots({})).toEqual([]));

  it("is not known from a damaged record, which is reported", () => {
    const image = view(three, { "usr/lib/sysimage/libdnf5/packages.toml": "[", "var/lib/dnf/history.sqlite": "x" });
    expect(image.roots).toEqual(["rpm database", "dnf records"]);
    expect(image.messages).toEqual([
      "usr/lib/sysimage/libdnf5/packages.toml: not a list of packages in TOML",
      "var/lib/dnf/history.sqlite: not an SQLite database",
    ]);
  });
});
