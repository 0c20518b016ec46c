import { expect, it } from "vitest";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { hasStoreVersion } from "./store-versions.ts";

const HASH = "0c5b6d8fglqwv3zr9a1n2m4p7sxyhkji";

it.each([
  ["openssl-3.0.2", true],
  ["glib-2.80.0-dev", true],
  ["libc6-2.41-12+deb13u5", true],
  ["ghc-9.4-beta", true],
  ["CVE-2014-8141.diff", false],
  ["CVE-2015-7747.patch", false],
  ["unzip-CVE-2014-8141", false],
  ["gcc-4.9.patch", false],
  ["guile-3.0.7.tar.xz", false],
  ["hello-2.10.drv", false],
  ["glib-2.80.0-dev.drv", false],
  ["firefox-128-unwrapped", false],
  ["stage-1-init.sh", false],
  ["hello", false],
])("%s has a version to compare: %s", (baseName, expected) => {
  const id = `/nix/store/${HASH}-${baseName}`;
  const { name, version } = parseStorePath(id)!;
  expect(hasStoreVersion({ id, name, version })).toBe(expected);
});
