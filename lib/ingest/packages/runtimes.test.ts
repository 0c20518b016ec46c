import { describe, expect, it } from "vitest";
import { parseElfNeeds } from "#lib/formats/elf/index.ts";
import { writeProgramFacts } from "#lib/formats/program-facts/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { buildElf, type TestElf } from "#testing/builders/elf.ts";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { gemspec } from "#testing/builders/gems.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const LOADER = "/lib64/ld-linux-x86-64.so.2";

function elf(given: TestElf, sha256 = "ab".repeat(32)): Uint8Array {
  const needs = parseElfNeeds([{ offset: 0, bytes: buildElf(given) }]).value!;
  return writeProgramFacts({ kind: "elf", needs, sha256 });
}

/** Debian's packages with the files given. */
function debs(lists: Readonly<Record<string, string>>): Record<string, TreeEntry> {
  const names = Object.keys(lists);
  const files = Object.entries(lists).map(([name, path]) => [`var/lib/dpkg/info/${name}.list`, `/${path}\n`]);
  return { "var/lib/dpkg/status": names.map((name) => debRecord(name)).join(""), ...Object.fromEntries(files) };
}

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, version: "1.0.0", ...fields });
const APP: Record<string, TreeEntry> = {
  "app/package.json": manifest("app", { dependencies: { a: "1" } }),
  "app/node_modules/a/package.json": manifest("a", { dependencies: { b: "1" } }),
  "app/node_modules/b/package.json": manifest("b"),
};

/** The edges to what runs packages, without the packages' directories. */
function runsOn(entries: Readonly<Record<string, TreeEntry>>, command: readonly string[] = [], path?: string) {
  const { found, names } = viewPackages(entries, command, path);
  const edges = found.edges.filter(({ evidence, detail }) => evidence === Evidence.inferred && /^runs on/.test(detail));
  return edges.map(({ from, to, detail }) => `${names[from]!.split("/").at(-1)} → ${names[to]} [${detail}]`);
}

describe("npm packages and projects", () => {
  const NODE = { ...debs({ nodejs: "usr/bin/node", libnode: "usr/lib/libnode.so.115" }), "usr/bin/node": "" };

  it("run on the owner of Node", () => {
    expect(runsOn({ ...APP, ...NODE })).toEqual(
      ["a", "b", "app"].map((name) => `${name} → nodejs@1 [runs on usr/bin/node]`),
    );
  });

  it("make an application of what Node needs: libnode's way to it, and its retained size", () => {
    const image = viewPackages(
      {
        ...APP,
        ...NODE,
        "app/main.js": "1",
        "usr/bin/node": elf({ interpreter: LOADER, needed: ["libnode.so.115"] }),
        "usr/lib/libnode.so.115": elf({ soname: "libnode.so.115" }),
      },
      ["node", "/app/main.js"],
    );
    expect(image.edges).toEqual(
      expect.arrayContaining([
        "app → nodejs@1 [runs on usr/bin/node]",
        "nodejs@1 → libnode@1 [usr/bin/node needs libnode.so.115]",
      ]),
    );
    expect(image.rootReasons).toEqual({ app: "entrypoint", "nodejs@1": "entrypoint", "dpkg database": "unowned" });
  });

  it("run on the program that the command starts rather than on the PATH's, and on none that nobody owns", () => {
    const node = (sha: string) => elf({ interpreter: LOADER }, sha.repeat(32));
    const image = { ...APP, "opt/a/node": node("aa"), "opt/b/node": node("bb"), "opt/text/node": "" };
    const to = (command: readonly string[], path?: string) => runsOn(image, command, path)[0]?.split("runs on ")[1];
    expect(to(["/opt/a/node"], "/opt/b")).toBe("opt/a/node]");
    expect(to(["sh"], "/opt/b")).toBe("opt/b/node]");
    expect(to([], "/opt/text")).toBeUndefined();
    expect(runsOn(APP)).toEqual([]);
  });

  it("link what their native modules link", () => {
    const { edges } = viewPackages({
      ...APP,
      ...debs({ libvips: "usr/lib/libvips.so.42" }),
      "usr/lib/libvips.so.42": elf({ soname: "libvips.so.42" }),
      "app/node_modules/b/build/Release/b.node": elf({ needed: ["libvips.so.42"] }),
    });
    expect(edges).toContain(
      "app/node_modules/b → libvips@1 [app/node_modules/b/build/Release/b.node needs libvips.so.42]",
    );
  });
});

describe("gems", () => {
  const RUBIES = debs({ "ruby3.3": "usr/bin/ruby3.3", "ruby3.1": "usr/bin/ruby3.1" });
  const at = (home: string, name: string) => ({ [`${home}/specifications/${name}-1.gemspec`]: gemspec(name, "1") });

  it("run on the Ruby of their home's version", () => {
    const image = {
      ...RUBIES,
      ...at("var/lib/gems/3.3.0", "new"),
      ...at("var/lib/gems/3.1.0", "old"),
      ...at("var/lib/gems/2.7.0", "none"),
      ...at("usr/local/bundle", "any"),
      "usr/bin/ruby": { symlink: "ruby3.1" },
      "usr/bin/ruby3.1": "",
      "usr/bin/ruby3.3": "",
    };
    expect(runsOn(image).sort()).toEqual([
      "any-1 → ruby3.1@1 [runs on usr/bin/ruby3.1]",
      "new-1 → ruby3.3@1 [runs on usr/bin/ruby3.3]",
      "old-1 → ruby3.1@1 [runs on usr/bin/ruby3.1]",
    ]);
  });

  it("in Ruby's own home run on the Ruby of its prefix", () => {
    const ruby = elf({ interpreter: LOADER });
    const image = { ...RUBIES, ...at("opt/r/lib/ruby/gems/3.3.0", "a"), "usr/bin/ruby3.3": "", "opt/r/bin/ruby": ruby };
    expect(runsOn(image)).toEqual(["a-1 → ruby [runs on opt/r/bin/ruby]"]);
  });
});

it("packages of Composer run on the owner of PHP", () => {
  const packages = [{ name: "a/b", version: "1", "install-path": "../a/b" }];
  const image = {
    ...debs({ "php8.4-cli": "usr/bin/php8.4", "php8.4-fpm": "usr/sbin/php-fpm8.4" }),
    "usr/bin/php": { symlink: "/etc/alternatives/php" },
    "etc/alternatives/php": { symlink: "/usr/bin/php8.4" },
    "usr/bin/php8.4": "",
    "usr/sbin/php-fpm8.4": "",
    "srv/vendor/composer/installed.json": JSON.stringify({ packages }),
    "srv/vendor/a/b/composer.json": "{}",
  };
  expect(runsOn(image)).toEqual(["b → php8.4-cli@1 [runs on usr/bin/php8.4]"]);
  expect(runsOn(image, ["php-fpm8.4", "-F"])).toEqual(["b → php8.4-fpm@1 [runs on usr/sbin/php-fpm8.4]"]);
});
