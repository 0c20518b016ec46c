#!/usr/bin/env node
// `npm run lock`: adds to package-lock.json the packages of other platforms that npm left out. An npm that could not
// see them when it wrote the file (npm/cli issue 4828: node_modules of one platform; or a registry mirror without them)
// drops them, and `npm ci` then refuses the file on every machine. Their exact versions are in their dependants;
// the missing integrity is added by an `npm install` on such a platform.
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32", "wasi"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const LIBRARIES = [
  ["musl", "musl"],
  ["gnu", "glibc"],
];

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const added = findMissing(lock.packages);
lock.packages = sortKeys({ ...lock.packages, ...Object.fromEntries(added) });
if (added.length > 0) writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added.length} packages of other platforms added`);

function findMissing(packages) {
  return Object.entries(packages).flatMap(([path, dependant]) =>
    Object.entries(dependant.optionalDependencies ?? {})
      .filter(([name, version]) => /^\d/.test(version) && !isListed(packages, path, name))
      .map(([name, version]) => [`node_modules/${name}`, toEntry(name, version, dependant)]),
  );
}

/** Node looks in the dependant's own node_modules first, then in the top one; this tree has no level between. */
function isListed(packages, path, name) {
  return `${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
}

function toEntry(name, version, dependant) {
  const words = name.replace(/^@[^/]+\//, "").split(/[-.]/);
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const os = SYSTEMS.filter((system) => words.includes(system));
  if (os.length === 0 && cpu.length === 0) throw new Error(`${name}: no platform in its name; add it by hand`);
  const libc = LIBRARIES.find(([word]) => words.some((each) => each.startsWith(word)))?.[1];
  const wasm = cpu.includes("wasm32");
  return {
    version,
    cpu,
    ...(dependant.dev ? { dev: true } : {}),
    license: dependant.license,
    optional: true,
    ...(wasm ? {} : { os }),
    ...(libc === undefined ? {} : { libc: [libc] }),
  };
}

function sortKeys(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => a.localeCompare(b, "en")));
}
