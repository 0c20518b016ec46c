import type { DebSpec } from "../run/dpkg.ts";
import { STATUS, toBase, toStatus, toUpper, unpack } from "./debian.ts";
import type { HarmlessRebase, PlantedFault } from "./planted-fault.ts";
import { type PlantedLayer, toRebase } from "./planted-layers.ts";

/** A package with one file that every version has, and one with its version in the name. */
function deb(name: string, version: string, ...control: readonly string[]): DebSpec {
  return { name, version, control, files: { [`usr/lib/${name}/lib`]: `${name} ${version}` } };
}

function withExtra(spec: DebSpec): DebSpec {
  return { ...spec, files: { ...spec.files, [`usr/lib/${spec.name}/only-${spec.version}`]: spec.version } };
}

const A1 = deb("a", "1");
const A2 = deb("a", "2");
const A3 = deb("a", "3");
const B1 = deb("b", "1");
const C1 = deb("c", "1");

const APK = "lib/apk/db/installed";

function apk(...packages: readonly (readonly [name: string, version: string, ...lines: string[]])[]): string {
  return packages
    .map(
      ([name, version, ...lines]) =>
        `C:Q1${name}${version}=\nP:${name}\nV:${version}\nA:x86_64\n${lines.join("\n")}\nF:usr/lib\nR:${name}\n\n`,
    )
    .join("")
    .replaceAll("\n\nF:", "\nF:");
}

function alpm(installed: string): string {
  return `%NAME%\na\n\n%VERSION%\n1-1\n\n%ARCH%\nx86_64\n\n%INSTALLDATE%\n${installed}\n\n`;
}

const ALPINE: PlantedLayer = { [APK]: apk(["busybox", "1.36.1-r0"], ["musl", "1.2.4-r0"]), "usr/lib/musl": "1.2.4" };
const NEWER_ALPINE: PlantedLayer = {
  [APK]: apk(["busybox", "1.36.1-r0"], ["musl", "1.2.5-r0"]),
  "usr/lib/musl": "1.2.5",
};
const RPMDB = "var/lib/rpm/rpmdb.sqlite";
const PACMAN = "var/lib/pacman/local/a-1-1/desc";
const DIVERSIONS = "var/lib/dpkg/diversions";
const fault = (
  name: string,
  kind: PlantedFault["expected"]["kind"],
  path: string,
  sides: PlantedFault["sides"],
): PlantedFault => {
  return { check: "packages", name, sides, expected: { kind, path } };
};

/** Package databases and dependencies that a rebase would leave wrong. */
export const PACKAGE_FAULTS: readonly PlantedFault[] = [
  fault(
    "The status of the old base hides an update",
    "database-masked",
    STATUS,
    toRebase(toBase(A1, B1), toBase(A2, B1), toUpper([A1, B1], C1)),
  ),
  fault(
    "The status of the old base is in a layer, unchanged",
    "database-masked",
    STATUS,
    toRebase(toBase(A1), toBase(A2), { [STATUS]: { body: toStatus(A1), mtime: 1 } }),
  ),
  fault(
    "The status lists a package that the new base has no more",
    "database-masked",
    STATUS,
    toRebase(toBase(A1, B1), toBase(A1), toUpper([A1, B1], C1)),
  ),
  fault(
    "The status lacks a package that the new base added",
    "database-masked",
    STATUS,
    toRebase(toBase(A1), toBase(A1, B1), toUpper([A1], C1)),
  ),
  fault(
    "A dependency is gone with the old base",
    "dependency-unmet",
    STATUS,
    toRebase(toBase(A1, B1), toBase(A1), toUpper([A1, B1], deb("c", "1", "Depends: b"))),
  ),
  fault(
    "A dependency is too new",
    "dependency-unmet",
    STATUS,
    toRebase(toBase(A1), toBase(A2), toUpper([A1], deb("c", "1", "Depends: a (<< 2)"))),
  ),
  fault(
    "A virtual package is provided no more",
    "dependency-unmet",
    STATUS,
    toRebase(
      toBase(deb("a", "1", "Provides: mta")),
      toBase(A2),
      toUpper([deb("a", "1", "Provides: mta")], deb("c", "1", "Depends: mta")),
    ),
  ),
  fault(
    "The new base breaks an installed package",
    "dependency-unmet",
    STATUS,
    toRebase(toBase(A1), toBase(deb("a", "2", "Breaks: c (<< 3)")), toUpper([A1], C1)),
  ),
  fault(
    "Both sides upgraded a package, the base further",
    "package-on-both-sides",
    STATUS,
    toRebase(toBase(A1), toBase(A3), toUpper([], A2)),
  ),
  fault(
    "Both sides upgraded a package, and files of both builds would stay",
    "package-on-both-sides",
    STATUS,
    toRebase(toBase(A1), toBase(withExtra(A2)), toUpper([], A3)),
  ),
  fault(
    "Both sides added a package in another version",
    "package-on-both-sides",
    STATUS,
    toRebase(toBase(B1), toBase(B1, A2), toUpper([B1], A1)),
  ),
  fault(
    "A package was removed, and the new base's version has a file more",
    "package-on-both-sides",
    STATUS,
    toRebase(toBase(A1, B1), toBase(withExtra(A2), B1), {
      [STATUS]: toStatus(B1),
      "usr/lib/a/.wh.lib": "",
      "var/lib/dpkg/info/.wh.a.list": "",
      "var/lib/dpkg/info/.wh.a.md5sums": "",
    }),
  ),
  fault(
    "A package was unpacked again before the base upgraded it",
    "package-on-both-sides",
    "var/lib/dpkg/info/a.md5sums",
    toRebase(toBase(A1), toBase(A2), { ...unpack(A1), [STATUS]: toStatus(A1, C1), ...unpack(C1) }),
  ),
  fault(
    "A control file differs on both sides of a base without records",
    "package-on-both-sides",
    "var/lib/dpkg/info/a.symbols",
    toRebase(
      { "var/lib/dpkg/info/a.symbols": "1" },
      { "var/lib/dpkg/info/a.symbols": "2" },
      { "var/lib/dpkg/info/a.symbols": "3" },
    ),
  ),
  fault(
    "Two packages have one file",
    "package-on-both-sides",
    "usr/bin/tool",
    toRebase(
      toBase(A1),
      toBase(A1, { ...B1, files: { "usr/bin/tool": "b" } }),
      toUpper([A1], { ...C1, files: { "usr/bin/tool": "c" } }),
    ),
  ),
  fault(
    "A diversion has another target in the new base",
    "database-unmergeable",
    DIVERSIONS,
    toRebase(
      { ...toBase(A1), [DIVERSIONS]: "" },
      { ...toBase(A1), [DIVERSIONS]: "/bin/x\n/bin/x.real\na\n" },
      { [DIVERSIONS]: "/bin/x\n/bin/x.distrib\nc\n" },
    ),
  ),
  fault(
    "The status of a layer is damaged",
    "database-unmergeable",
    STATUS,
    toRebase(toBase(A1), toBase(A2), { [STATUS]: "\u0000\u0001 no database\n\nVersion: 1\n" }),
  ),
  fault(
    "A distroless package differs on both sides",
    "database-unmergeable",
    `${STATUS}.d/a`,
    toRebase(
      { [`${STATUS}.d/a`]: toStatus(A1) },
      { [`${STATUS}.d/a`]: toStatus(A2) },
      { [`${STATUS}.d/a`]: toStatus(A3) },
    ),
  ),
  fault(
    "Debconf's templates of the old base hide the new ones",
    "database-masked",
    "var/cache/debconf/templates.dat",
    toRebase(
      { "var/cache/debconf/templates.dat": "Name: a/x\nType: note\nOwners: a/x\n\n" },
      { "var/cache/debconf/templates.dat": "Name: a/x\nType: text\nOwners: a/x\n\n" },
      {
        "var/cache/debconf/templates.dat":
          "Name: a/x\nType: note\nOwners: a/x\n\nName: c/y\nType: note\nOwners: c/y\n\n",
      },
    ),
  ),
  fault(
    "Apk's database of the old base hides an update",
    "database-masked",
    APK,
    toRebase(ALPINE, NEWER_ALPINE, {
      [APK]: apk(["busybox", "1.36.1-r0"], ["musl", "1.2.4-r0"], ["zlib", "1.3-r0"]),
      "usr/lib/zlib": "1.3",
    }),
  ),
  fault(
    "Apk upgraded a package that the base upgraded further",
    "package-on-both-sides",
    APK,
    toRebase(
      ALPINE,
      { ...NEWER_ALPINE, [APK]: apk(["musl", "1.2.5-r3"]) },
      { [APK]: apk(["busybox", "1.36.1-r0"], ["musl", "1.2.5-r1"]), "usr/lib/musl": "1.2.5-r1" },
    ),
  ),
  fault(
    "A library that an apk needs is provided no more",
    "dependency-unmet",
    APK,
    toRebase(
      { [APK]: apk(["libssl", "3.0-r0", "p:so:libssl.so.3=3"]), "usr/lib/libssl": "" },
      { [APK]: apk(["libssl", "4.0-r0", "p:so:libssl.so.4=4"]), "usr/lib/libssl": "4" },
      {
        [APK]: apk(["curl", "8-r0", "D:so:libssl.so.3"], ["libssl", "3.0-r0", "p:so:libssl.so.3=3"]),
        "usr/lib/curl": "",
      },
    ),
  ),
  fault(
    "Apk's database is at another place in the new base",
    "database-unmergeable",
    APK,
    toRebase(
      ALPINE,
      { [`usr/${APK}`]: apk(["musl", "1.2.6-r0"]) },
      { [APK]: apk(["musl", "1.2.4-r0"], ["zlib", "1.3-r0"]) },
    ),
  ),
  fault(
    "An rpm database is written on both sides",
    "database-unmergeable",
    RPMDB,
    toRebase({ [RPMDB]: "old" }, { [RPMDB]: "new" }, { [RPMDB]: "old and more" }),
  ),
  fault(
    "Pacman's record of a package is written on both sides",
    "database-unmergeable",
    PACMAN,
    toRebase({ [PACMAN]: alpm("1") }, { [PACMAN]: alpm("2") }, { [PACMAN]: alpm("3") }),
  ),
];

const removed = { "usr/lib/a/.wh.lib": "", "var/lib/dpkg/info/.wh.a.list": "", "var/lib/dpkg/info/.wh.a.md5sums": "" };
const onHold = { ...A1, control: ["Status: hold ok installed"] };

/** Rebases whose package databases stay right, or can be merged. */
export const HARMLESS_PACKAGES: readonly HarmlessRebase[] = [
  { name: "A program beside packages", sides: toRebase(toBase(A1), toBase(A2), { "srv/app": "app" }) },
  {
    name: "A package on a base whose packages are the same",
    sides: toRebase(toBase(A1), { ...toBase(A1), "etc/motd": "new" }, toUpper([A1], C1)),
  },
  {
    name: "A package on a base with an update",
    sides: toRebase(toBase(A1), toBase(A2), toUpper([A1], deb("c", "1", "Depends: a (>= 1)"))),
  },
  { name: "An upgrade that the new base has, too", sides: toRebase(toBase(A1), toBase(A2), toUpper([], A2)) },
  {
    name: "An upgrade that is newer than the new base's",
    sides: toRebase(toBase(A1, B1), toBase(A2, B1), toUpper([B1], A3)),
  },
  {
    name: "A removed package that the new base updates in place",
    sides: toRebase(toBase(A1, B1), toBase(A2, B1), { [STATUS]: toStatus(B1), ...removed }),
  },
  {
    name: "A package on hold that the new base updates",
    sides: toRebase(toBase(A1), toBase(A2), { [STATUS]: toStatus(onHold) }),
  },
  {
    name: "A package that the new base has no more, and nothing needs",
    sides: toRebase(toBase(A1, B1), toBase(A1), toUpper([A1, B1], C1)),
  },
  {
    name: "A dependency that was unmet before",
    sides: toRebase(toBase(A1), toBase(A2), toUpper([A1], deb("c", "1", "Depends: never-there"))),
  },
  {
    name: "An apk on an Alpine with an update",
    sides: toRebase(ALPINE, NEWER_ALPINE, {
      [APK]: apk(["busybox", "1.36.1-r0"], ["musl", "1.2.4-r0"], ["zlib", "1.3-r0", "D:musl"]),
      "usr/lib/zlib": "1.3",
    }),
  },
  {
    name: "A package of pacman, and its lists of packages on both sides",
    sides: toRebase(
      { "var/lib/pacman/sync/core.db": "1" },
      { "var/lib/pacman/sync/core.db": "2" },
      { "var/lib/pacman/sync/core.db": "3", [PACMAN]: alpm("1") },
    ),
  },
];
