import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRpm, queryRpm } from "#testing/run/rpm.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { condenseRpmDatabase, parseRpmDatabase } from "./database.ts";
import { formatRpmDependency } from "./dependency.ts";
import type { RpmPackage } from "./package.ts";

const GO_RPMDB = "images/knqyf263+go-rpmdb/pkg/testdata";
const SYFT = "images/anchore+syft/syft/pkg/cataloger/redhat/testdata";
const NO_BYTES = new Uint8Array(0);

const DATABASES = [
  { path: `${GO_RPMDB}/libuuid/Packages`, backend: "bdb_ro", packages: 1 },
  { path: `${GO_RPMDB}/sle15-bci/Packages.db`, backend: "ndb", packages: 35 },
  { path: `${SYFT}/Packages`, backend: "bdb_ro", packages: 1 },
];

const read = (path: string) => parseRpmDatabase({ database: readFileSync(sharedData(path)!), wal: NO_BYTES });

describe.skipIf(sharedData(GO_RPMDB) === undefined || sharedData(SYFT) === undefined)("real databases of rpm", () => {
  it("libuuid of RHEL 8 (Berkeley DB), as go-rpmdb's own test expects it", () => {
    const { value, problems } = read(DATABASES[0]!.path);
    expect(problems).toEqual([]);
    expect(value).toMatchObject([
      { name: "libuuid", version: "2.32.1", release: "42.el8_8", arch: "x86_64", epoch: "" },
    ]);
    expect(value[0]!.files).toContain("usr/lib64/libuuid.so.1");
  });

  it("dive 0.9.2 (Berkeley DB), as syft's own test expects it", () => {
    const { value, problems } = read(DATABASES[2]!.path);
    expect(problems).toEqual([]);
    expect(value).toMatchObject([{ name: "dive", version: "0.9.2", release: "1", arch: "x86_64" }]);
    expect(value[0]!.files).toEqual(["usr/local/bin/dive"]);
  });

  it("SUSE's BCI (NDB): 35 packages, of which every one's record is whole", () => {
    const { value, problems } = read(DATABASES[1]!.path);
    expect(problems).toEqual([]);
    expect(value).toHaveLength(35);
    expect(value.map(({ name }) => name)).toEqual(expect.arrayContaining(["glibc", "bash", "rpm-ndb", "sles-release"]));
    expect(value.find(({ name }) => name === "system-user-root")).toMatchObject({
      version: "20190513",
      release: "3.3.1",
    });
  });

  it.each(DATABASES)("$path has the same packages condensed, in a fifteenth of its bytes", ({ path, packages }) => {
    const database = readFileSync(sharedData(path)!);
    const condensed = condenseRpmDatabase({ database, wal: NO_BYTES })!;
    expect(condensed.length).toBeLessThan(database.length / 15);
    expect(parseRpmDatabase({ database: condensed, wal: NO_BYTES })).toEqual(read(path));
    expect(read(path).value).toHaveLength(packages);
  });
});

describe.skipIf(!hasRpm || sharedData(GO_RPMDB) === undefined || sharedData(SYFT) === undefined)(
  "real databases equal what rpm itself says of them (needs rpm)",
  () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "stratigraph-rpm-"));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(DATABASES)("$path", ({ path, backend }) => {
      const dbPath = mkdtempSync(join(folder, "db-"));
      copyFileSync(sharedData(path)!, join(dbPath, basename(path)));
      const format = [
        "P %{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}\\n",
        "[F %{FILENAMES}\\n]",
        "[R %{REQUIRENEVRS}\\n]",
        "[V %{PROVIDENEVRS}\\n]",
      ].join("");
      const theirs = queryRpm({ root: "/", backend, dbPath }, "-a", "--qf", format).trim().split("\n");
      const ours = read(path).value.flatMap(listLines);
      expect(ours.length).toBeGreaterThan(1);
      expect(ours.sort()).toEqual(theirs.filter(isKept).sort());
    });
  },
);

/** Features of rpm and configuration files of the package itself are left out on our side. */
function isKept(line: string): boolean {
  return line !== "" && !/^[RV] (?:rpmlib|config)\(/.test(line);
}

function listLines({ name, epoch, version, release, arch, ...lists }: RpmPackage): string[] {
  return [
    `P ${name}|${epoch || "0"}|${version}|${release}|${arch}`,
    ...[...lists.files, ...lists.ghosts, ...lists.absent].map((path) => `F /${path}`),
    ...lists.requires.map((wanted) => `R ${formatRpmDependency(wanted)}`),
    ...lists.provides.map((provided) => `V ${formatRpmDependency(provided)}`),
  ];
}
