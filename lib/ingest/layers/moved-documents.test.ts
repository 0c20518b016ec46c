import { expect, it } from "vitest";
import { isDocument } from "./documents.ts";
import { isMovedDocument } from "./moved-documents.ts";

const KEPT = [
  "etc/passwd",
  "etc/group-",
  "etc/gshadow",
  "etc/subuid",
  "var/lib/dpkg/status-old",
  "var/lib/dpkg/available",
  "var/lib/dpkg/triggers/File",
  "var/lib/dpkg/statoverride",
  "var/lib/dpkg/info/libc6:amd64.symbols",
  "var/lib/dpkg/info/libc6:amd64.md5sums",
  "var/lib/dpkg/info/bash.postinst",
  "var/cache/debconf/templates.dat-old",
  "lib/apk/db/scripts.tar",
  "usr/lib/apk/db/triggers",
  "etc/ld.so.cache",
  "etc/ssl/certs/ca-certificates.crt",
  "usr/local/include/node/node_version.h",
];

it.each(KEPT)("keeps %s for a rebase alone", (path) => {
  expect([isMovedDocument(path), isDocument(path)]).toEqual([true, false]);
});

it.each(["etc/passwd.dpkg-new", "srv/etc/passwd", "etc/ssl/certs/a.pem", "var/lib/dpkg/info/bash/x.md5sums"])(
  "does not keep %s",
  (path) => {
    expect(isMovedDocument(path)).toBe(false);
  },
);
