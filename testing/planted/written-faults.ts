import type { FindingKind } from "#lib/model/rebase-answer.ts";
import type { TestRebase } from "../builders/rebase-sides.ts";
import type { TarMember } from "../builders/tar.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { directory, file, link, MERGED_USR, opaque, program, whiteout } from "./small-bases.ts";

/** Bases that differ in what is given; the image's layers, the lowest first. */
function between(old: readonly TarMember[], now: readonly TarMember[], ...upper: (readonly TarMember[])[]): TestRebase {
  const layer = (members: readonly TarMember[]) => [[...MERGED_USR, ...members]];
  return { oldBase: { layers: layer(old) }, newBase: { layers: layer(now) }, image: { layers: upper } };
}

const CAPABILITY = { "SCHILY.xattr.security.capability": new Uint8Array([1, 0, 0, 2]) };

type WrittenFault = readonly [name: string, kind: FindingKind, path: string, sides: TestRebase];

const FAULTS: readonly WrittenFault[] = [
  [
    "A copy of the old base's library, touched by `chown -R`, hides its update",
    "content-hidden",
    "usr/lib/libssl.so.3",
    between(
      [file("usr/lib/libssl.so.3", "3.0.1")],
      [file("usr/lib/libssl.so.3", "3.0.2")],
      [file("usr/lib/libssl.so.3", "3.0.1", { uid: 1000 })],
    ),
  ],
  [
    "A configuration file that the image edited, and the new base changed",
    "content-hidden",
    "etc/login.defs",
    between(
      [file("etc/login.defs", "A 1\n")],
      [file("etc/login.defs", "A 1\nB 2\n")],
      [file("etc/login.defs", "A 2\n")],
    ),
  ],
  [
    "A file that only the new base and the image have, with other contents",
    "content-hidden",
    "usr/bin/tool",
    between([], [program("usr/bin/tool", "the base's")], [program("usr/bin/tool", "the image's")]),
  ],
  [
    "A link of the image to another version than the new base's",
    "content-hidden",
    "usr/lib/libz.so.1",
    between(
      [link("usr/lib/libz.so.1", "libz.so.1.2")],
      [link("usr/lib/libz.so.1", "libz.so.1.3")],
      [link("usr/lib/libz.so.1", "libz.so.1.1")],
    ),
  ],
  [
    "A directory that the image lists with the old base's mode, which the new base closed",
    "attributes-hidden",
    "srv/keys",
    between(
      [directory("srv/keys")],
      [directory("srv/keys", { mode: 0o700 })],
      [directory("srv/keys"), file("srv/keys/own", "x")],
    ),
  ],
  [
    "An owner that both the new base and the image changed",
    "attributes-hidden",
    "srv/data",
    between([directory("srv/data")], [directory("srv/data", { uid: 101 })], [directory("srv/data", { uid: 1000 })]),
  ],
  [
    "An extended attribute that the new base added to a file which the image copied up",
    "attributes-hidden",
    "usr/bin/ping",
    between(
      [program("usr/bin/ping")],
      [{ ...program("usr/bin/ping"), pax: CAPABILITY }],
      [{ ...program("usr/bin/ping"), gid: 7 }],
    ),
  ],
  [
    "A file that one layer made and the next removed, which the new base now has",
    "removal-of-changed",
    "usr/bin/cc",
    between(
      [],
      [program("usr/bin/cc", "the base's compiler")],
      [program("usr/bin/cc", "built here")],
      [whiteout("usr/bin/cc")],
    ),
  ],
  [
    "A directory that the image removed, to which the new base added files",
    "removal-of-changed",
    "usr/lib/plugins",
    between(
      [directory("usr/lib/plugins"), file("usr/lib/plugins/a", "a")],
      [directory("usr/lib/plugins"), file("usr/lib/plugins/a", "a"), file("usr/lib/plugins/b", "b")],
      [whiteout("usr/lib/plugins")],
    ),
  ],
  [
    "An opaque directory over one to which the new base added files",
    "directory-replaced",
    "etc/app",
    between(
      [directory("etc/app"), file("etc/app/a.conf", "a")],
      [directory("etc/app"), file("etc/app/a.conf", "a"), file("etc/app/required.conf", "r")],
      [directory("etc/app"), opaque("etc/app"), file("etc/app/own.conf", "own")],
    ),
  ],
  [
    "A link in the place of a directory to which the new base added files",
    "directory-replaced",
    "etc/app",
    between(
      [directory("etc/app"), file("etc/app/a.conf", "a")],
      [directory("etc/app"), file("etc/app/a.conf", "a"), file("etc/app/required.conf", "r")],
      [directory("srv/app"), link("etc/app", "/srv/app")],
    ),
  ],
  [
    "A file in the place of such a directory, of which the next layer made a directory again",
    "directory-replaced",
    "etc/app",
    between(
      [directory("etc/app"), file("etc/app/a.conf", "a")],
      [directory("etc/app"), file("etc/app/a.conf", "a"), file("etc/app/required.conf", "r")],
      [file("etc/app", "own")],
      [directory("etc/app"), file("etc/app/own.conf", "own")],
    ),
  ],
  [
    "A directory in the place of a file that the new base changed",
    "content-hidden",
    "etc/app.conf",
    between(
      [file("etc/app.conf", "1")],
      [file("etc/app.conf", "2")],
      [directory("etc/app.conf"), file("etc/app.conf/own", "own")],
    ),
  ],
  [
    "A directory that no entry lists, in the place of such a file",
    "content-hidden",
    "etc/app.conf",
    between([file("etc/app.conf", "1")], [file("etc/app.conf", "2")], [file("etc/app.conf/own", "own")]),
  ],
  [
    "A device to which the new base gave another number",
    "content-hidden",
    "opt/null",
    between(
      [{ path: "opt/null", type: "3", device: [1, 3] }],
      [{ path: "opt/null", type: "3", device: [1, 5] }],
      [{ path: "opt/null", type: "3", device: [1, 3], uid: 7 }],
    ),
  ],
  [
    "A hard link of the image to a file whose content the new base changed",
    "linked-content",
    "srv/default.conf",
    between(
      [file("etc/app.conf", "1")],
      [file("etc/app.conf", "2")],
      [{ path: "srv/default.conf", type: "1", link: "etc/app.conf" }],
    ),
  ],
  [
    "A directory in the place of a link that now leads elsewhere",
    "content-hidden",
    "etc/app",
    between(
      [directory("srv/1"), link("etc/app", "/srv/1")],
      [directory("srv/2"), link("etc/app", "/srv/2")],
      [directory("etc/app"), file("etc/app/own", "own")],
    ),
  ],
];

export const WRITTEN_FAULTS: readonly PlantedFault[] = FAULTS.map(([name, kind, path, sides]) => {
  return { check: "written", name, sides, expected: { kind, path } };
});
