import { describe, expect, test } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const INFO = "var/lib/dpkg/info";

/** An image whose dpkg database has these records and these lists. */
function debian(records: readonly string[], lists: Record<string, string> = {}, rest: Record<string, TreeEntry> = {}) {
  const files = Object.entries(lists).map(([name, list]) => [`${INFO}/${name}`, list]);
  return { "var/lib/dpkg/status": records.join(""), ...Object.fromEntries(files), ...rest };
}

describe("the files of a package", () => {
  test("are those in its list; directories have no owner", () => {
    const image = viewPackages(
      debian([debRecord("a")], { "a.list": "/.\n/usr\n/usr/f\n/gone\n" }, { "usr/f": "12345" }),
    );
    expect(image.ownerOf("usr/f")).toBe("a@1");
    expect(image.ownerOf("usr")).toBe("nobody");
    expect(image.selfSizeOf("a@1")).toBe(5);
    expect(image.messages).toEqual([]);
  });

  test("a path under a directory that became a symlink is found at the link's target (merged /usr)", () => {
    const rest = { lib: { symlink: "usr/lib" }, "usr/lib/x/y": "abc" };
    const image = viewPackages(debian([debRecord("a")], { "a.list": "/lib/x/y\n/lib\n" }, rest));
    expect(image.ownerOf("usr/lib/x/y")).toBe("a@1");
    expect(image.ownerOf("lib")).toBe("a@1");
  });

  test("a symlink that a package lists is owned by it, but not its target", () => {
    const rest = { "usr/a": { symlink: "b" }, "usr/b": "xyz" };
    const image = viewPackages(debian([debRecord("a")], { "a.list": "/usr/a\n" }, rest));
    expect([image.ownerOf("usr/a"), image.ownerOf("usr/b")]).toEqual(["a@1", "unowned@0"]);
  });

  test("the first package to list a file owns it; a list takes precedence over a remembered conffile", () => {
    const sum = "0".repeat(32);
    const records = [debRecord("old", { Conffiles: `\n /etc/c ${sum} obsolete` }), debRecord("a"), debRecord("b")];
    const lists = { "old.list": "", "a.list": "/etc/c\n/f\n", "b.list": "/f\n", "b.conffiles": "/etc/d\n" };
    const image = viewPackages(debian(records, lists, { "etc/c": "1", "etc/d": "2", f: "3" }));
    expect(["etc/c", "etc/d", "f"].map(image.ownerOf)).toEqual(["a@1", "b@1", "a@1"]);
  });

  test("a diverted path belongs to the diverting package; the other's file is at the diversion's target", () => {
    const diversions = "/bin/sh\n/bin/sh.distrib\ndash\n/x\n/x.local\n:\n";
    const lists = { "dash.list": "/bin/sh\n", "bash.list": "/bin/sh\n/x\n" };
    const rest = {
      "bin/sh": "1",
      "bin/sh.distrib": "2",
      x: "3",
      "x.local": "4",
      "var/lib/dpkg/diversions": diversions,
    };
    const image = viewPackages(debian([debRecord("dash"), debRecord("bash")], lists, rest));
    expect(["bin/sh", "bin/sh.distrib", "x", "x.local"].map(image.ownerOf)).toEqual([
      "dash@1",
      "bash@1",
      "unowned@0",
      "bash@1",
    ]);
  });

  test("a diversion applies to the path as written, not to a link's target", () => {
    const diversions = "/lib/x\n/lib/x.usr-is-merged\nnew\n";
    const lists = { "old.list": "/usr/lib/x\n", "new.list": "" };
    const rest = { lib: { symlink: "usr/lib" }, "usr/lib/x": "1", "var/lib/dpkg/diversions": diversions };
    expect(viewPackages(debian([debRecord("old"), debRecord("new")], lists, rest)).ownerOf("usr/lib/x")).toBe("old@1");
  });

  test("a name with a backslash matches the tree's name", () => {
    const lists = { "a.list": "/lib/system-systemd\\x2dcryptsetup.slice\n" };
    const image = viewPackages(debian([debRecord("a")], lists, { "lib/system-systemd\\x5cx2dcryptsetup.slice": "1" }));
    expect(image.ownerOf("lib/system-systemd\\x5cx2dcryptsetup.slice")).toBe("a@1");
  });

  test("names that are not UTF-8 match the tree's names, line by line", () => {
    const list = Buffer.concat([Buffer.from("/caf\xe9\n", "latin1"), Buffer.from("/café\n")]);
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("a"),
      [`${INFO}/a.list`]: new Uint8Array(list),
      "caf\\xe9": "1",
      café: "2",
    });
    expect([image.ownerOf("caf\\xe9"), image.ownerOf("café")]).toEqual(["a@1", "a@1"]);
  });

  test("one package in two architectures is two components with a list each", () => {
    const records = ["amd64", "i386"].map((Architecture) => debRecord("l", { Architecture, "Multi-Arch": "same" }));
    const lists = { "l:amd64.list": "/64\n", "l:i386.list": "/32\n" };
    const image = viewPackages(debian(records, lists, { "64": "1", "32": "22" }));
    expect(image.found.components.slice(0, 2).map(({ identity }) => identity)).toEqual([
      "pkg:deb/debian/l@1?arch=amd64",
      "pkg:deb/debian/l@1?arch=i386",
    ]);
    expect([...image.found.selfSize.slice(0, 2)]).toEqual([1, 2]);
  });

  test("packages without a list own nothing and are one problem", () => {
    const image = viewPackages(debian([debRecord("a"), debRecord("b")]));
    expect(image.messages).toEqual(["var/lib/dpkg/info: no list of files for 2 packages (a, b)"]);
  });
});

describe("images built without dpkg", () => {
  test("have a record per package file, its list beside it; without one a package owns nothing, silently", () => {
    const image = viewPackages({
      "etc/os-release": { symlink: "../usr/lib/os-release" },
      "usr/lib/os-release": 'ID=debian\nVERSION_ID="13"\n',
      "var/lib/dpkg/status.d/lua5.4": "Package: lua5.4\nVersion: 5.4.7\nArchitecture: amd64\n",
      "var/lib/dpkg/status.d/libx": "Package: libx\nVersion: 2\nArchitecture: amd64\n",
      "var/lib/dpkg/status.d/libx.md5sums": `${"0".repeat(32)}  usr/lib/x\n`,
      "var/lib/dpkg/status.d/libx.preinst": "#!/bin/sh\n",
      "usr/lib/x": "xx",
    });
    expect(image.names).toEqual(["libx@2", "lua5.4@5.4.7", "dpkg database", "unowned@0"]);
    expect(image.found.components[0]!.identity).toBe("pkg:deb/debian/libx@2?arch=amd64&distro=debian-13");
    expect([image.selfSizeOf("libx@2"), image.selfSizeOf("lua5.4@5.4.7")]).toEqual([2, 0]);
    expect(image.messages).toEqual([]);
  });

  test("a package described twice is one component and one problem", () => {
    const record = "Package: a\nVersion: 1\nArchitecture: amd64\n";
    const image = viewPackages({ "var/lib/dpkg/status.d/a": record, "var/lib/dpkg/status.d/b": record });
    expect(image.names).toEqual(["a@1", "dpkg database"]);
    expect(image.messages[0]).toBe("var/lib/dpkg/status.d/b: a:amd64 is listed twice");
  });

  test("in an image without any list of files own their documentation, and one problem says so", () => {
    const record = (name: string) => `Package: ${name}\nVersion: 1\nArchitecture: amd64\n`;
    const image = viewPackages({
      "var/lib/dpkg/status.d/liba": record("liba"),
      "var/lib/dpkg/status.d/libb": record("libb"),
      "usr/share/doc/liba/copyright": "123",
      "usr/share/doc/libb": { symlink: "liba" },
      "usr/lib/liba.so": "12345",
    });
    expect([image.selfSizeOf("liba@1"), image.selfSizeOf("libb@1"), image.selfSizeOf("unowned@0")]).toEqual([3, 0, 5]);
    expect(image.messages).toEqual([
      "var/lib/dpkg/status.d: the image was built without lists of files, so that the sizes are those of documentation alone: 2 packages (liba, libb)",
    ]);
  });
});

describe("the needs of a package", () => {
  function edgesOf(...records: string[]): { edges: readonly string[]; unresolved: string[] } {
    const lists = Object.fromEntries("abcdef".split("").map((name) => [`${name}.list`, ""]));
    const { edges, found } = viewPackages(debian(records, lists));
    const unresolved = found.problems.filter(({ code }) => code === "unresolved-dependency");
    return { edges, unresolved: unresolved.map(({ message }) => message) };
  }

  test("are every installed package that satisfies any alternative, with the clause as written", () => {
    const { edges, unresolved } = edgesOf(
      debRecord("a", { "Pre-Depends": "d", Depends: "b (>= 1) | c,\n x | c (<< 2)" }),
      debRecord("b"),
      debRecord("c"),
      debRecord("d"),
    );
    expect(edges).toEqual([
      "a@1 → d@1 [Pre-Depends: d]",
      "a@1 → b@1 [Depends: b (>= 1) | c]",
      "a@1 → c@1 [Depends: b (>= 1) | c]",
    ]);
    expect(unresolved).toEqual([]);
  });

  test("exclude a version that is not installed", () => {
    const { edges, unresolved } = edgesOf(
      debRecord("a", { Depends: "b (>= 1.0~)" }),
      debRecord("b", { Version: "1.0~~" }),
    );
    expect(edges).toEqual([]);
    expect(unresolved).toEqual(["a 1: nothing installed satisfies Depends: b (>= 1.0~)"]);
  });

  test.each([
    ["v", "v", 1],
    ["v", "v (= 2)", 1],
    ["v (>= 2)", "v (= 2)", 1],
    ["v (>= 3)", "v (= 2)", 0],
    ["v (>= 2)", "v", 0],
    ["v", "v (>= 2)", 0],
  ])("Depends: %s where another provides %s (Policy 7.5): %i", (Depends, Provides, count) => {
    expect(edgesOf(debRecord("a", { Depends }), debRecord("b", { Provides })).edges).toHaveLength(count);
  });

  // Rows of the table in dpkg's deparchsatisfied(); "a" has amd64, the native architecture.
  test.each([
    ["b", { Architecture: "i386" }, 0],
    ["b", { Architecture: "i386", "Multi-Arch": "foreign" }, 1],
    ["b", { Architecture: "all" }, 1],
    ["b:i386", { Architecture: "i386" }, 1],
    ["b:amd64", { Architecture: "i386", "Multi-Arch": "foreign" }, 0],
    ["b:any", { Architecture: "i386", "Multi-Arch": "allowed" }, 1],
    ["b:any", { Architecture: "amd64" }, 0],
  ])("Depends: %s on %j: %i", (Depends, fields, count) => {
    const native = [debRecord("c"), debRecord("d")];
    expect(edgesOf(debRecord("a", { Depends }), debRecord("b", fields), ...native).edges).toHaveLength(count);
  });

  test("a package that provides its own need has no edge to itself and no problem", () => {
    expect(edgesOf(debRecord("a", { Depends: "v", Provides: "v" }))).toEqual({ edges: [], unresolved: [] });
  });

  test("exclude a removed package that left only its configuration", () => {
    const { unresolved } = edgesOf(
      debRecord("a", { Depends: "b" }),
      debRecord("b", { Status: "deinstall ok config-files" }),
    );
    expect(unresolved).toHaveLength(1);
  });
});

test("a damaged database gives problems with their place, and the image is still read", () => {
  const image = viewPackages(debian(["asdf\n\n", debRecord("a")], { "a.list": "/f\n" }, { f: "1" }));
  expect(image.names).toEqual(["a@1", "dpkg database"]);
  expect(image.found.problems).toEqual([
    {
      code: "bad-package-database",
      severity: "warning",
      source: "test",
      path: "var/lib/dpkg/status",
      message: 'line 1 is not a field: "asdf"',
    },
  ]);
});
