import type { TestRebase } from "../builders/rebase-sides.ts";
import type { TarMember } from "../builders/tar.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { directory, file, link, MERGED_USR, opaque, program, SPLIT_USR, whiteout } from "./small-bases.ts";

function onMergedUsr(...upper: readonly TarMember[]): TestRebase {
  return { oldBase: { layers: [SPLIT_USR] }, newBase: { layers: [MERGED_USR] }, image: { layers: [upper] } };
}

/** Bases that differ in what is given. */
function between(old: readonly TarMember[], now: readonly TarMember[], ...upper: readonly TarMember[]): TestRebase {
  const layer = (members: readonly TarMember[]) => [[...MERGED_USR, ...members]];
  return { oldBase: { layers: layer(old) }, newBase: { layers: layer(now) }, image: { layers: [upper] } };
}

type TypeFault = readonly [name: string, path: string, sides: TestRebase];

const FAULTS: readonly TypeFault[] = [
  ["A directory over the link of a merged /usr", "bin", onMergedUsr(directory("bin"), program("bin/tool"))],
  ["A file below such a link, whose directory no entry lists", "lib", onMergedUsr(file("lib/libapp.so.1", "app"))],
  ["A whiteout below such a link", "bin", onMergedUsr(whiteout("bin/sh"))],
  [
    "A directory emptied where the new base has a link",
    "lib",
    onMergedUsr(opaque("lib"), file("lib/libapp.so.1", "app")),
  ],
  [
    "A link of the image where the new base has a directory",
    "opt/app",
    between([], [directory("opt"), directory("opt/app"), file("opt/app/data", "data")], link("opt/app", "/srv/app")),
  ],
  [
    "A file of the image where the new base has a directory",
    "etc/app.conf",
    between(
      [file("etc/app.conf", "1")],
      [directory("etc/app.conf"), file("etc/app.conf/main", "2")],
      file("etc/app.conf", "mine"),
    ),
  ],
  [
    "A directory of the image where the new base has a file",
    "var/lib/app",
    between([], [file("var/lib/app", "socket")], directory("var/lib/app"), file("var/lib/app/state", "1")),
  ],
  [
    "A link in the middle of a long path",
    "usr/share/app/1.0",
    between(
      [directory("usr/share/app/1.0"), file("usr/share/app/1.0/base", "1")],
      [directory("usr/share/app/1.1"), link("usr/share/app/1.0", "1.1")],
      file("usr/share/app/1.0/plugins/own/plugin", "mine"),
    ),
  ],
];

export const TYPE_FAULTS: readonly PlantedFault[] = FAULTS.map(([name, path, sides]) => {
  return { check: "types", name, sides, expected: { kind: "type-flip", path } };
});
