import type { AdviceClass } from "#lib/model/advice.ts";
import type { TarMember } from "./tar.ts";

/** An image with one planted waste of known bytes, and the same image after removing what the class names. */
export interface PlantedWaste {
  readonly class: AdviceClass;
  readonly bytes: number;
  readonly count: number;
  /** Layers, the lowest first. */
  readonly layers: readonly (readonly TarMember[])[];
  readonly mended: readonly (readonly TarMember[])[];
}

const file = (path: string, bytes: number, letter = "x", more: Partial<TarMember> = {}): TarMember => {
  return { path, body: letter.repeat(bytes), ...more };
};
const program = file("usr/bin/program", 5000, "p");

/** Files of one layer that the class claims, beside files like them that it must leave. */
function planted(name: AdviceClass, waste: readonly TarMember[], stays: readonly TarMember[] = []): PlantedWaste {
  const bytes = waste.reduce((sum, { body = "" }) => sum + body.length, 0);
  const layers = [[program, ...stays, ...waste]];
  return { class: name, bytes, count: waste.length, layers, mended: [[program, ...stays]] };
}

const record = (name: string, more = "") =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n${more}\n`;
const DEBS: readonly TarMember[] = [
  {
    path: "var/lib/dpkg/status",
    body: record("app", "Depends: lib\n") + record("lib") + record("left", "Depends: left-lib\n") + record("left-lib"),
  },
  {
    path: "var/lib/apt/extended_states",
    body: ["lib", "left", "left-lib"]
      .map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`)
      .join("\n"),
  },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  { path: "var/lib/dpkg/info/lib.list", body: "/usr/lib/lib.so\n" },
  { path: "var/lib/dpkg/info/left.list", body: "/usr/bin/left\n" },
  { path: "var/lib/dpkg/info/left-lib.list", body: "/usr/lib/left.so\n" },
  file("usr/bin/app", 300, "a"),
  file("usr/lib/lib.so", 200, "b"),
];

const npm = (path: string, name: string, version: string, more: object = {}): TarMember => {
  return { path: `${path}/package.json`, body: JSON.stringify({ name, version, ...more }) };
};
const NPM: readonly TarMember[] = [
  npm("app", "app", "1.0.0", { dependencies: { debug: "2.0.0", old: "1.0.0" } }),
  npm("app/node_modules/old", "old", "1.0.0", { dependencies: { debug: "1.0.0" } }),
  npm("app/node_modules/debug", "debug", "2.0.0"),
  file("app/node_modules/debug/index.js", 900, "d"),
];

/** Debian's packages of two modules and a project that has the first from npm, too; beside it, names that only resemble each other. */
const PACKAGED: readonly TarMember[] = [
  { path: "var/lib/dpkg/status", body: record("node-shop-cart") + record("node-alone") + record("libjs-other") },
  { path: "var/lib/dpkg/info/node-shop-cart.list", body: "/usr/share/nodejs/@shop/cart/index.js\n" },
  { path: "var/lib/dpkg/info/node-alone.list", body: "/usr/share/nodejs/alone/index.js\n" },
  { path: "var/lib/dpkg/info/libjs-other.list", body: "/usr/share/javascript/other.js\n" },
  file("usr/share/nodejs/@shop/cart/index.js", 2000, "c"),
  file("usr/share/nodejs/alone/index.js", 300, "a"),
  file("usr/share/javascript/other.js", 400, "o"),
  npm("app", "app", "1.0.0", { dependencies: { "@shop/cart": "1.0.0", other: "1.0.0" } }),
  npm("app/node_modules/other", "other", "1.0.0"),
];

export const PLANTED_WASTE: readonly PlantedWaste[] = [
  {
    class: "wasted",
    bytes: 1500,
    count: 2,
    layers: [
      [program, file("opt/deleted", 1000, "d"), file("opt/replaced", 500, "r"), file("opt/kept", 70, "k")],
      [{ path: "opt/.wh.deleted" }, file("opt/replaced", 20, "n")],
    ],
    mended: [[program, file("opt/kept", 70, "k")], [file("opt/replaced", 20, "n")]],
  },
  {
    class: "metadataCopies",
    // a twice, b once, c once: but b's second body is other content.
    bytes: 2 * 1000 + 500 + 40,
    count: 4,
    layers: [
      [program, file("srv/a", 1000, "a"), file("srv/b", 500, "b"), file("srv/c", 40, "c")],
      [file("srv/a", 1000, "a", { uid: 33 }), file("srv/b", 500, "b", { mode: 0o600 })],
      [file("srv/a", 1000, "a", { uid: 34 }), file("srv/c", 40, "c", { gid: 4 })],
    ],
    mended: [
      [program],
      [file("srv/b", 500, "b", { mode: 0o600 })],
      [file("srv/a", 1000, "a", { uid: 34 }), file("srv/c", 40, "c", { gid: 4 })],
    ],
  },
  {
    class: "duplicates",
    bytes: 2 * 1000 + 300,
    count: 3,
    layers: [
      [file("opt/a", 1000, "a"), file("opt/b", 1000, "a"), file("srv/one", 300, "o")],
      [file("opt/c", 1000, "a"), file("srv/two", 300, "o")],
    ],
    mended: [
      [file("opt/a", 1000, "a"), { path: "opt/b", type: "1", link: "opt/a" }, file("srv/one", 300, "o")],
      [
        { path: "opt/c", type: "2", link: "a" },
        { path: "srv/two", type: "2", link: "one" },
      ],
    ],
  },
  planted(
    "caches",
    [
      file("var/cache/apt/pkgcache.bin", 1000, "a"),
      file("var/lib/apt/lists/deb.example_Packages", 700, "b"),
      file("root/.cache/pip/http/1", 300, "c"),
      file("root/.npm/_cacache/content", 200, "d"),
      file("home/worker/.cache/go-build/x", 100, "e"),
    ],
    [file("var/cache/debconf/config.dat", 60, "f"), file("opt/cache/page", 50, "g")],
  ),
  planted(
    "documentation",
    [
      file("usr/share/doc/program/changelog.gz", 1000, "a"),
      file("usr/share/man/man1/program.1.gz", 300, "b"),
      file("usr/local/share/info/program.info", 200, "c"),
    ],
    [file("usr/share/doc/program/copyright", 80, "l"), file("srv/share/manual", 50, "m")],
  ),
  planted(
    "locales",
    [file("usr/share/locale/de/LC_MESSAGES/program.mo", 1000, "a"), file("usr/lib/locale/locale-archive", 3000, "b")],
    [file("usr/lib/locale/C.utf8/LC_CTYPE", 300, "c"), file("usr/share/locale/locale.alias", 70, "d")],
  ),
  planted(
    "byteCode",
    [
      file("usr/lib/python3/dist-packages/__pycache__/shop.cpython-313.pyc", 1000, "a"),
      file("usr/lib/python3/dist-packages/__pycache__/shop.cpython-313.opt-1.pyc", 900, "b"),
      file("opt/old/part.pyc", 100, "c"),
    ],
    [
      file("usr/lib/python3/dist-packages/shop.py", 500, "d"),
      file("opt/old/part.py", 90, "e"),
      file("opt/sold/__pycache__/without_source.cpython-313.pyc", 80, "f"),
    ],
  ),
  planted("staticLibraries", [file("usr/lib/libz.a", 1000, "a")], [file("usr/lib/libz.so", 700, "b")]),
  planted(
    "tests",
    [
      file("usr/lib/python3/dist-packages/shop/tests/test_shop.py", 1000, "a"),
      file("app/node_modules/shop/test/all.js", 300, "b"),
      file("usr/lib/ruby/gems/3.3/gems/shop-1/spec/shop_spec.rb", 200, "c"),
    ],
    [file("app/node_modules/test/index.js", 70, "d"), file("srv/tests/answers", 50, "e")],
  ),
  { ...planted("unreached", [file("usr/bin/left", 1000, "l"), file("usr/lib/left.so", 600, "m")], DEBS), count: 2 },
  {
    ...planted(
      "versions",
      [
        npm("app/node_modules/old/node_modules/debug", "debug", "1.0.0"),
        file("app/node_modules/old/node_modules/debug/index.js", 400, "o"),
      ],
      NPM,
    ),
    count: 1,
  },
  {
    ...planted(
      "ecosystems",
      [
        npm("app/node_modules/@shop/cart", "@shop/cart", "1.0.0"),
        file("app/node_modules/@shop/cart/index.js", 1000, "d"),
      ],
      PACKAGED,
    ),
    count: 1,
  },
];
