import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildImage, canBuild } from "#testing/run/buildah.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { runJson: runCliJson } = makeCliSession();

interface Advice {
  readonly items: readonly { readonly class: string; readonly bytes: number }[];
}

/** A file of so many zeros, by the shell alone. */
const write = (path: string, bytes: number) =>
  `mkdir -p ${path.slice(0, path.lastIndexOf("/"))} && printf %0${bytes}d 0 > ${path}`;
const inOneStep = (...commands: readonly string[]) => [commands.join(" && ")];

/** A module as Debian's package, with its record, and a larger copy from npm. */
const BOTH_ECOSYSTEMS = [
  "mkdir -p /var/lib/dpkg/info /srv/node_modules/cart",
  "printf 'Package: node-cart\\nStatus: install ok installed\\nArchitecture: all\\nVersion: 1\\n' > /var/lib/dpkg/status",
  "printf '/usr/share/nodejs/cart/index.js\\n' > /var/lib/dpkg/info/node-cart.list",
  write("/usr/share/nodejs/cart/index.js", 3000),
  `printf '{"name":"cart","version":"1.0.0"}' > /srv/node_modules/cart/package.json`,
  write("/srv/node_modules/cart/index.js", 4000),
];

/** A package that needs another, and one that nothing needs. */
const THREE_PACKAGES = [
  "mkdir -p /var/lib/dpkg/info",
  `printf 'Package: app\\nStatus: install ok installed\\nArchitecture: all\\nVersion: 1\\nDepends: part\\n\\n' > /var/lib/dpkg/status`,
  ...["part", "other"].map(
    (name) =>
      `printf 'Package: ${name}\\nStatus: install ok installed\\nArchitecture: all\\nVersion: 1\\n\\n' >> /var/lib/dpkg/status`,
  ),
  ...["app", "part", "other"].flatMap((name, i) => [
    `printf '/usr/lib/${name}/file\\n' > /var/lib/dpkg/info/${name}.list`,
    write(`/usr/lib/${name}/file`, 1000 * (i + 1)),
  ]),
];

/** What is built, what is built instead, and the bytes between them. */
const BUILDS: readonly (readonly [name: string, steps: readonly string[], mended: readonly string[], bytes: number])[] =
  [
    ["wasted", [write("/opt/x", 5000), "rm /opt/x"], inOneStep(write("/opt/x", 5000), "rm /opt/x"), 5000],
    ["metadataCopies", ["COPY data /srv/data", "chown -R 5:5 /srv/data"], ["COPY --chown=5:5 data /srv/data"], 7000],
    [
      "duplicates",
      inOneStep(write("/srv/a", 3000), "cp /srv/a /srv/b", "cp /srv/a /srv/c"),
      inOneStep(write("/srv/a", 3000), "ln /srv/a /srv/b", "ln /srv/a /srv/c"),
      6000,
    ],
    ...[
      ["caches", "/var/cache/apt/pkgcache.bin", "rm -rf /var/lib/apt/lists/* /var/cache/apt/*"],
      ["documentation", "/usr/share/man/man1/x.1", "rm -rf /usr/share/doc /usr/share/man /usr/share/info"],
      ["locales", "/usr/share/locale/de/x.mo", "rm -rf /usr/share/locale /usr/share/i18n"],
      ["staticLibraries", "/usr/lib/libx.a", "rm /usr/lib/libx.a"],
      ["tests", "/usr/lib/python3/dist-packages/x/tests/t.py", "rm -rf /usr/lib/python3/dist-packages/x/tests"],
    ].map(
      ([name, path, remove]) => [name!, [write(path!, 4000)], inOneStep(write(path!, 4000), remove!), 4000] as const,
    ),
    [
      "byteCode",
      inOneStep(write("/opt/x.py", 900), write("/opt/__pycache__/x.cpython-313.pyc", 4000)),
      inOneStep(write("/opt/x.py", 900), write("/opt/__pycache__/x.cpython-313.pyc", 4000), "rm -rf /opt/__pycache__"),
      4000,
    ],
    ["ecosystems", inOneStep(...BOTH_ECOSYSTEMS), inOneStep(...BOTH_ECOSYSTEMS, "rm -rf /usr/share/nodejs/cart"), 3000],
    ["unneeded", inOneStep(...THREE_PACKAGES), inOneStep(...THREE_PACKAGES, "rm -rf /usr/lib/other"), 3000],
  ];

/** What has to run, for the class that asks. */
const KEEP: Readonly<Record<string, readonly string[]>> = { unneeded: ["--keep", "app"] };

const place = makeTestPlace();

// Needs buildah, and the right to run its steps; skipped otherwise, and then reported as skipped.
describe.skipIf(!canBuild(place.folder))("removing what advise names, with buildah", () => {
  const askJson = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const scanBuilt = async (name: string, steps: readonly string[]) => {
    await askJson("scan", buildImage(place.folder, { name, steps }));
    const { layersContentSize } = await askJson<{ layersContentSize: number }>("show", name);
    return layersContentSize;
  };

  it.each(BUILDS)("frees what it says: %s", async (name, steps, mended, bytes) => {
    mkdirSync(join(place.folder, "context/data"), { recursive: true });
    writeFileSync(join(place.folder, "context/data/file"), "d".repeat(7000));
    const label = name.toLowerCase();
    const keep = KEEP[name] ?? [];
    const before = await scanBuilt(label, steps);
    const { items } = await askJson<Advice>("advise", label, ...keep);
    expect(items.find((item) => item.class === name)).toMatchObject({ bytes });
    expect(before - (await scanBuilt(`${label}-mended`, mended))).toBe(bytes);
    const after = await askJson<Advice>("advise", `${label}-mended`, ...keep);
    expect(after.items.find((item) => item.class === name)).toBeUndefined();
  });
});
