import { expect, it } from "vitest";
import { documentByteLimit, isDocument, MAX_PROJECT_MANIFEST_BYTES } from "./documents.ts";
import { MAX_DOCUMENT_BYTES } from "./limits.ts";

it.each([
  "var/lib/dpkg/status",
  "var/lib/dpkg/status.d/base",
  "var/lib/dpkg/info/libc6:amd64.list",
  "var/lib/dpkg/info/bash.conffiles",
  "var/lib/dpkg/diversions",
  "var/lib/apt/extended_states",
  "lib/apk/db/installed",
  "usr/lib/apk/db/installed",
  "etc/apk/world",
  "var/lib/rpm/Packages",
  "usr/lib/sysimage/rpm/Packages.db",
  "usr/share/rpm/rpmdb.sqlite",
  "var/lib/rpm/rpmdb.sqlite-wal",
  "var/lib/dnf/history.sqlite",
  "usr/lib/sysimage/libdnf5/packages.toml",
  "var/lib/zypp/AutoInstalled",
  "etc/os-release",
  "etc/ld.so.conf",
  "etc/ld.so.conf.d/x86_64-linux-gnu.conf",
  "etc/ld-musl-x86_64.path",
  "usr/lib/os-release",
  "app/node_modules/react/package.json",
  "node_modules/@scope/name/package.json",
  "package.json",
  "srv/app/package.json",
])("keeps %s", (path) => {
  expect(isDocument(path)).toBe(true);
});

it.each([
  "var/lib/dpkg/status-old",
  "var/lib/dpkg/status.d/a/b",
  "var/lib/dpkg/info/bash.md5sums",
  "srv/var/lib/dpkg/status",
  "var/lib/rpm/rpmdb.sqlite-shm",
  "var/lib/rpm/Index.db",
  "etc/os-release.d/x",
  "etc/ld.so.cache",
  "etc/ld.so.conf.d/a/b",
  "app/my-package.json",
  "app/package.json/x",
  "",
])("passes over %j", (path) => {
  expect(isDocument(path)).toBe(false);
});

it("trusts a package.json only in the place where a package manager puts it", () => {
  expect(documentByteLimit("a/node_modules/b/package.json")).toBe(MAX_DOCUMENT_BYTES);
  expect(documentByteLimit("a/node_modules/@s/b/package.json")).toBe(MAX_DOCUMENT_BYTES);
  expect(documentByteLimit("a/node_modules/b/lib/package.json")).toBe(MAX_PROJECT_MANIFEST_BYTES);
  expect(documentByteLimit("package.json")).toBe(MAX_PROJECT_MANIFEST_BYTES);
});
