import { expect, it } from "vitest";
import { nameInSource, pinSource } from "./page-rebase.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

it.each([
  ["docker://debian:13", `docker://debian@${DIGEST}`],
  ["docker://127.0.0.1:5000/shop/app", `docker://127.0.0.1:5000/shop/app@${DIGEST}`],
  ["docker://127.0.0.1:5000/shop/app:1", `docker://127.0.0.1:5000/shop/app@${DIGEST}`],
  [`docker://ghcr.io/app@sha256:${"b".repeat(64)}`, `docker://ghcr.io/app@${DIGEST}`],
  [`docker://ghcr.io/app:1@sha256:${"b".repeat(64)}`, `docker://ghcr.io/app@${DIGEST}`],
  ["oci:/images", "oci:/images"],
])("finds a stored image whose tag may have moved: %s", (source, pinned) => {
  expect(pinSource(source, DIGEST)).toBe(pinned);
});

it.each([
  ["oci:/images", "oci:/images:app:1"],
  ["oci:/images:other", "oci:/images:other"],
  ["docker-archive:all.tar", "docker-archive:all.tar:app:1"],
  ["docker-archive:-", "docker-archive:-"],
  ["docker-daemon:app:1", "docker-daemon:app:1"],
  [`docker://debian@${DIGEST}`, `docker://debian@${DIGEST}`],
])("names one image of a source with several: %s", (source, named) => {
  expect(nameInSource(source, "app:1")).toBe(named);
});
