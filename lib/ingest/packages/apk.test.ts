import { describe, expect, test } from "vitest";
import { viewPackages } from "#testing/builders/packages.ts";

const INSTALLED = [
  "P:busybox\nV:1.36-r0\nA:x86_64\np:/bin/sh cmd:ls=1.36-r0\nD:so:libc.musl-x86_64.so.1\nF:bin\nR:busybox\nR:sh\n",
  "P:musl\nV:1.2.5-r0\nA:x86_64\np:so:libc.musl-x86_64.so.1=1\nF:lib\nR:ld.so\n",
  "P:app\nV:2.0-r1\nA:x86_64\nD:/bin/sh cmd:ls>1 busybox~1.36 !mutt missing musl<1\nF:usr/bin\nR:app\n",
  "",
].join("\n");

const IMAGE = {
  "lib/apk/db/installed": INSTALLED,
  "etc/os-release": "ID=alpine\nVERSION_ID=3.20.1\n",
  "bin/busybox": "12",
  "bin/sh": { symlink: "busybox" },
  "usr/lib/ld.so": "345",
  lib: { symlink: "usr/lib" },
};

function alpine(rest: Parameters<typeof viewPackages>[0] = {}) {
  const { lib, "lib/apk/db/installed": installed, ...others } = IMAGE;
  return viewPackages({ lib, "usr/lib/apk/db/installed": installed, ...others, ...rest });
}

describe("apk packages", () => {
  test("are components with purls, once if /lib is a link to usr/lib", () => {
    expect(alpine().names).toEqual(["busybox@1.36-r0", "musl@1.2.5-r0", "app@2.0-r1", "apk database", "unowned@0"]);
    expect(alpine().found.components[0]!.identity).toBe(
      "pkg:apk/alpine/busybox@1.36-r0?arch=x86_64&distro=alpine-3.20",
    );
  });

  test("own the files and the symlinks they list, through linked directories", () => {
    expect(["bin/busybox", "bin/sh", "usr/lib/ld.so"].map(alpine().ownerOf)).toEqual([
      "busybox@1.36-r0",
      "busybox@1.36-r0",
      "musl@1.2.5-r0",
    ]);
  });

  test("need a provider of a name in the required version; a conflict needs nothing", () => {
    const { edges, messages } = alpine();
    expect(edges).toEqual([
      "busybox@1.36-r0 → musl@1.2.5-r0 [D: so:libc.musl-x86_64.so.1]",
      "app@2.0-r1 → busybox@1.36-r0 [D: /bin/sh]",
    ]);
    expect(messages).toEqual([
      "usr/lib/apk/db/installed: app 2.0-r1: nothing installed satisfies D: missing",
      "usr/lib/apk/db/installed: app 2.0-r1: nothing installed satisfies D: musl<1",
    ]);
  });

  test("named in world are roots", () => {
    expect(alpine({ "etc/apk/world": "app@edge>1\n!musl\n" }).roots).toEqual([
      "app@2.0-r1",
      "apk database",
      "unowned@0",
    ]);
    expect(alpine({ "etc/apk/world": "cmd:ls\nnothing\n" }).roots).toEqual([
      "busybox@1.36-r0",
      "apk database",
      "unowned@0",
    ]);
    expect(alpine({ "etc/apk/world": "nothing\n" }).messages).toContain(
      "etc/apk/world: nothing installed satisfies nothing",
    );
  });
});
