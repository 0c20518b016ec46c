import { describe, expect, it } from "vitest";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const DATABASE = "app/vendor/composer/installed.json";
const library = (name: string, fields: object = {}) => ({
  name,
  version: "1.0.0",
  "install-path": `../${name}`,
  ...fields,
});
const installed = (...packages: readonly object[]) => JSON.stringify({ packages, dev: true, "dev-package-names": [] });
const at = (...names: readonly string[]) => names.map((name) => `app/vendor/${name}`);

describe("packages of Composer", () => {
  it("are those that installed.json lists, of Composer 2 and of Composer 1", () => {
    for (const text of [installed(library("A/b")), JSON.stringify([{ name: "A/b", version: "1.0.0" }])]) {
      const { found } = viewPackages({ [DATABASE]: text, "app/vendor/A/b/composer.json": "{}" });
      expect(found.components[0]).toMatchObject({ kind: "composer", name: "a/b", identity: "pkg:composer/a/b@1.0.0" });
      expect(found.components[0]!.instancePath).toBe("app/vendor/A/b");
    }
  });

  it("own their directories, Composer the autoloader, and neither the project", () => {
    const image = viewPackages({
      [DATABASE]: installed(
        library("a/b"),
        library("a/up", { "install-path": "../../" }),
        library("a/c", { "install-path": "../a/b/c" }),
      ),
      "app/vendor/a/b/src/x.php": "1",
      "app/vendor/a/b/c/y.php": "1",
      "app/vendor/autoload.php": "1",
      "app/vendor/composer/autoload_real.php": "1",
      "app/index.php": "1",
    });
    const paths = [
      "vendor/a/b/src/x.php",
      "vendor/a/b/c/y.php",
      "vendor/autoload.php",
      "vendor/composer/autoload_real.php",
    ];
    expect([...paths, "index.php"].map((path) => image.ownerOf(`app/${path}`))).toEqual([
      ...at("a/b", "a/b/c"),
      "Composer autoloader",
      "Composer autoloader",
      "unowned@0",
    ]);
    expect(image.ownerOf(DATABASE)).toBe("Composer autoloader");
  });

  it("need what they require, by name or as it is provided or replaced; platform packages are not looked for", () => {
    const image = viewPackages({
      [DATABASE]: installed(
        library("a/a", {
          require: { "B/b": "^1", "psr/log-implementation": "1.0", php: ">=8", "ext-json": "*", "a/gone": "^2" },
        }),
        library("b/b", { replace: { "b/old": "self.version" } }),
        library("c/c", { provide: { "psr/log-implementation": "1.0" }, require: { "b/old": "*" } }),
        library("d/d", { provide: { "psr/log-implementation": "1.0", "b/b": "1" } }),
        { name: "m/m", version: "1", type: "metapackage", "install-path": null },
      ),
    });
    const [a, b, c, d] = at("a/a", "b/b", "c/c", "d/d");
    expect(image.edges).toEqual([
      `${a} → ${b} [require: b/b ^1]`,
      `${a} → ${c} [require: psr/log-implementation 1.0]`,
      `${a} → ${d} [require: psr/log-implementation 1.0]`,
      `${c} → ${b} [require: b/old *]`,
    ]);
    expect(image.messages).toEqual([`${DATABASE}: a/a 1.0.0: nothing installed satisfies require: a/gone ^2`]);
    expect(image.names).toContain("app/vendor/m/m");
  });

  it("shipped by a distribution package belong to that package", () => {
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("php-b"),
      "var/lib/dpkg/info/php-b.list": "/app/vendor/b/b/composer.json\n",
      [DATABASE]: installed(library("a/a", { require: { "b/b": "*" } }), library("b/b")),
      "app/vendor/b/b/composer.json": "{}",
    });
    expect(image.edges).toContain("app/vendor/a/a → php-b@1 [require: b/b *]");
    expect(image.names).not.toContain("app/vendor/b/b");
  });

  it("are roots if the project's composer.json names them; without one, if nothing needs them", () => {
    const packages = installed(
      library("a/a", { require: { "b/b": "*" } }),
      library("b/b"),
      library("t/t"),
      library("x/x"),
    );
    const project = JSON.stringify({ require: { "a/a": "*", "b/b": "*", php: "*" }, "require-dev": { "t/t": "*" } });
    const named = viewPackages({ [DATABASE]: packages, "app/composer.json": project }).roots;
    expect(named.filter((root) => root.startsWith("app/"))).toEqual(at("a/a", "b/b", "t/t"));
    const unnamed = viewPackages({ [DATABASE]: packages }).roots;
    expect(unnamed.filter((root) => root.startsWith("app/"))).toEqual(at("a/a", "t/t", "x/x"));
  });

  it.each(["{", "3", '{"packages":{}}', '{"packages":[{"name":"../x"}]}'])(
    "in a damaged list are one problem: %s",
    (text) => {
      const { found } = viewPackages({ [DATABASE]: text });
      expect(found.problems).toMatchObject([{ code: "bad-json", path: DATABASE }]);
      expect(viewPackages({ [DATABASE]: installed(), "app/composer.json": "[]" }).found.problems).toHaveLength(1);
    },
  );
});
