import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { type PackageView, viewPackages } from "#testing/builders/packages.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const SCALIBR = "images/google+osv-scalibr/extractor/filesystem/os";
const SYFT = "images/anchore+syft/syft/pkg/cataloger";

function read(path: string): string {
  const file = sharedData(path);
  if (file === undefined) throw new Error(`no shared input ${path}`);
  return readFileSync(file, "utf8");
}

function packagesOf(image: PackageView): string[] {
  return image.names.filter((name) => !name.startsWith("unowned@") && !name.endsWith(" database"));
}

/** An empty file at every path that a list of `MD5  PATH` lines names. */
function filesOf(md5sums: string): Record<string, TreeEntry> {
  return Object.fromEntries(
    md5sums
      .trimEnd()
      .split("\n")
      .map((line) => [line.slice(34), { byteCount: 10 }]),
  );
}

describe.skipIf(sharedData(SCALIBR) === undefined)("osv-scalibr's dpkg databases", () => {
  const status = (name: string) =>
    viewPackages({ "var/lib/dpkg/status": read(`${SCALIBR}/dpkg/testdata/dpkg/${name}`) });

  test.each([
    ["empty", []],
    ["single", ["acl@2.3.1-3"]],
    ["trailingnewlines", ["acl@2.3.1-3"]],
    ["nopackage", ["foo@1.0", "bar@2.0"]],
    ["noversion", ["foo@1.0", "bar@2.0"]],
    ["transitional", ["iceweasel@78.13.0esr-1~deb10u1"]],
    ["transitional_dummy", ["git-core@1:2.14.2-1"]],
    ["transitional_empty", ["runit-systemd@2.1.2-54+usrmerge"]],
    // A package marked for removal is still installed; a half-installed one and one without a Status are not.
    [
      "statusfield",
      [
        "wantinstall_installed@1.0",
        "wantdeinstall_installed@1.0",
        "wantinstall_unpacked@1.0",
        "wantpurge_installed@1.0",
      ],
    ],
    ["invalid", []],
  ])("%s", (name, expected) => expect(packagesOf(status(name))).toEqual(expected));

  test("valid: every installed package, no fault", () => {
    const { names, found } = status("valid");
    expect(names).toContain("accountsservice@22.08.8-6");
    const installed = read(`${SCALIBR}/dpkg/testdata/dpkg/valid`).match(/^Status: \S+ \S+ installed$/gm);
    expect(found.components.filter(({ kind }) => kind === "deb")).toHaveLength(installed!.length);
    expect(found.problems.filter(({ code }) => code === "bad-package-database")).toHaveLength(1); // no lists here
  });

  test.each([
    ["invalid", ['line 1 is not a field: "asdf"', 'line 3 is not a field: "yolo"']],
    ["nopackage", ["the record at line 5 names no package"]],
    ["noversion", ["the record at line 5 (acl) has no version"]],
  ])("%s: each fault is reported", (name, expected) => {
    expect(status(name).found.problems.map(({ message }) => message)).toEqual(expect.arrayContaining(expected));
  });

  test("status.d: a record without a Status is installed, one removed is not; the md5sums are its files", () => {
    const sums = read(`${SCALIBR}/dpkg/testdata/dpkg/status.d/foo.md5sums`);
    const image = viewPackages({
      "var/lib/dpkg/status.d/foo": read(`${SCALIBR}/dpkg/testdata/dpkg/status.d/foo`),
      "var/lib/dpkg/status.d/foo.md5sums": sums,
      ...filesOf(sums),
    });
    expect(packagesOf(image)).toEqual(["foo@1.2.3"]);
    expect(image.selfSizeOf("foo@1.2.3")).toBe(60);
  });
});

describe.skipIf(sharedData(SCALIBR) === undefined)("osv-scalibr's apk databases", () => {
  const installed = (name: string) => viewPackages({ "lib/apk/db/installed": read(`${SCALIBR}/apk/testdata/${name}`) });

  test.each([
    ["empty", [], 0],
    ["invalid", [], 2],
    ["no-origin", ["pkgname@1.2.3"], 0],
    ["single", ["alpine-baselayout-data@3.4.3-r1"], 0],
    ["different-arch", ["alpine-baselayout-data@3.4.3-r1"], 0],
  ])("%s", (name, expected, faultCount) => {
    const image = installed(name);
    expect(packagesOf(image)).toEqual(expected);
    expect(image.found.problems).toHaveLength(faultCount);
  });

  test("a whole Alpine: the installed packages satisfy every dependency", () => {
    const image = installed("installed");
    expect(packagesOf(image)).toHaveLength(15);
    expect(image.messages).toEqual([]);
    expect(image.edges).toContain("alpine-baselayout@3.4.3-r1 → busybox-binsh@1.36.0-r9 [D: /bin/sh]");
    expect(image.edges).toContain(
      "alpine-baselayout@3.4.3-r1 → alpine-baselayout-data@3.4.3-r1 [D: alpine-baselayout-data=3.4.3-r1]",
    );
  });
});

describe.skipIf(sharedData(SYFT) === undefined)("syft's databases", () => {
  test("a record cut off in its first field is one problem", () => {
    const image = viewPackages({
      "var/lib/dpkg/status.d/empty": read(`${SYFT}/debian/testdata/var/lib/dpkg/status.d/empty`),
    });
    expect([packagesOf(image), image.messages.length]).toEqual([[], 1]);
  });

  test("coreutils and its dependencies, as its relations declare", () => {
    const image = viewPackages({
      "var/lib/dpkg/status.d/x": read(`${SYFT}/debian/testdata/var/lib/dpkg/status.d/coreutils-relationships`),
    });
    expect(image.edges).toContain("coreutils@9.1-1 → libacl1@2.3.1-3 [Pre-Depends: libacl1 (>= 2.2.23)]");
    expect(image.edges).toContain("libacl1@2.3.1-3 → libc6@2.36-9+deb12u1 [Depends: libc6 (>= 2.33)]");
  });

  test("a damaged apk database keeps the record after the damage", () => {
    const image = viewPackages({
      "lib/apk/db/installed": read(`${SYFT}/alpine/testdata/corrupt/lib/apk/db/installed`),
    });
    expect(image.found.problems.length).toBeGreaterThan(0);
    expect(image.messages[0]).toMatch(/^lib\/apk\/db\/installed: line 1 is not a field/);
  });
});
