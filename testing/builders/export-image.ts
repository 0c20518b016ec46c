import { buildTar } from "./tar.ts";

const record = (name: string, version: string, depends: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${depends}\n\n`;
const packageJson = (fields: object) => Buffer.from(JSON.stringify(fields));

/** A layer of Debian packages in a cycle, npm packages of which one is there twice, and files of no package. */
export const MIXED_LAYER = buildTar([
  { path: "usr/bin/app", body: "a".repeat(1000) },
  { path: "opt/left", body: "b".repeat(300) },
  { path: "etc/os-release", body: "ID=debian\nVERSION_ID=13\n" },
  {
    path: "var/lib/dpkg/status",
    body:
      record("app", "1:2.0~rc1+b1", "Depends: libgcc-s1 (>= 3), libc6") +
      record("libc6", "2.41-12", "Depends: libgcc-s1") +
      record("libgcc-s1", "14.2.0-19", "Depends: libc6 (>= 2.35)") +
      record("alone", "1.0", "Priority: optional"),
  },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  {
    path: "srv/node_modules/@shop/cart/package.json",
    body: packageJson({ name: "@shop/cart", version: "1.0.0", dependencies: { semver: "^6" } }),
  },
  {
    path: "srv/node_modules/@shop/cart/node_modules/semver/package.json",
    body: packageJson({ name: "semver", version: "6.3.1" }),
  },
  { path: "srv/node_modules/semver/package.json", body: packageJson({ name: "semver", version: "6.3.1" }) },
]);
