import { expect, it } from "vitest";
import { databaseFormat, parseInfoPath, settlingCheck } from "./settled-paths.ts";

it.each([
  ["var/lib/dpkg/status", "status"],
  ["var/lib/dpkg/status.d/base", "whole"],
  ["var/lib/dpkg/triggers/File", "lines"],
  ["var/lib/dpkg/triggers/ldconfig", "lines"],
  ["var/lib/apt/extended_states", "deb822"],
  ["var/cache/debconf/templates.dat", "templates"],
  ["usr/lib/apk/db/installed", "installed"],
  ["lib/apk/db/scripts.tar.gz", "scripts"],
  ["etc/apk/world", "lines"],
  ["usr/lib/sysimage/rpm/rpmdb.sqlite", "whole"],
  ["var/lib/rpm/Packages", "whole"],
  ["var/lib/rpm/Name", "whole"],
  ["var/lib/pacman/local/openssl-3.6.0-1/desc", "whole"],
  ["var/lib/pacman/local/openssl-3.6.0-1/mtree", "whole"],
  ["var/lib/pacman/local/ALPM_DB_VERSION", "whole"],
])("merges %s as %s", (path, format) => {
  expect(databaseFormat(path)).toBe(format);
  expect(settlingCheck(path)).toBe("packages");
});

it.each([
  ["var/lib/dpkg/status-old", "packages"],
  ["var/lib/dpkg/info/libc6:amd64.list", "packages"],
  ["etc/passwd", "users"],
  ["etc/gshadow-", "users"],
  ["etc/ld.so.cache", "generated"],
  ["usr/lib/python3/__pycache__/os.cpython-313.pyc", "generated"],
])("leaves %s to the check %s", (path, check) => {
  expect(settlingCheck(path)).toBe(check);
});

it.each([
  "etc/passwd.d/x",
  "srv/var/lib/dpkg/status",
  "var/lib/dpkg/lock",
  "var/lib/dpkg/triggers/Lock",
  "etc/apk/repositories",
  "usr/bin/passwd",
])("merges nothing at %s", (path) => {
  expect(settlingCheck(path)).toBeUndefined();
});

it("finds the package of a control file, whose name may contain dots", () => {
  expect(parseInfoPath("var/lib/dpkg/info/lua5.4.list")).toEqual({ name: "lua5.4", arch: "", kind: "list" });
  expect(parseInfoPath("var/lib/dpkg/info/libc6:i386.md5sums")).toEqual({
    name: "libc6",
    arch: "i386",
    kind: "md5sums",
  });
  expect(parseInfoPath("var/lib/dpkg/info/format")).toBeUndefined();
});
