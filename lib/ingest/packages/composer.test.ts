import { describe, expect, it } from "vitest";
import { RootReason } from "#lib/model/root-reason.ts";
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

  it("are reached from the project that asks for them; without one, they are roots if nothing needs them", () => {
    const packages = installed(
      library("a/a", { require: { "b/b": "*" } }),
      library("b/b"),
      library("t/t"),
      library("x/x"),
    );
    const project = JSON.stringify({ require: { "a/a": "*", "b/b": "*", php: "*" }, "require-dev": { "t/t": "*" } });
    const image = viewPackages({ [DATABASE]: packages, "app/composer.json": project });
    expect(image.rootReasons).toMatchObject({ app: "application" });
    expect(image.edges.filter((edge) => edge.startsWith("app →"))).toEqual([
      "app → app/vendor/a/a [require: a/a *]",
      "app → app/vendor/b/b [require: b/b *]",
      "app → app/vendor/t/t [require-dev: t/t *]",
    ]);
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

describe("a project of Composer", () => {
  const packages = { [DATABASE]: installed(library("a/b")), "app/vendor/a/b/composer.json": "{}" };

  it("is a component of its own files, by its name or its directory's", () => {
    const named = { "app/composer.json": JSON.stringify({ name: "Shop/Web", version: "2.0" }), "app/src/x.php": "1" };
    const image = viewPackages({ ...packages, ...named });
    const index = image.names.indexOf("app");
    expect(image.found.components[index]).toMatchObject({ kind: "composer", identity: "pkg:composer/shop/web@2.0" });
    expect(image.ownerOf("app/src/x.php")).toBe("app");
    const nameless = viewPackages({ ...packages, "app/composer.json": "{}" });
    expect(nameless.found.components[nameless.names.indexOf("app")]).toMatchObject({ identity: "pkg:composer/app" });
  });

  it("is the entrypoint's where PHP is started in its directory, and has the files beside a front end's package.json", () => {
    const files = {
      ...packages,
      "app/composer.json": "{}",
      "app/package.json": JSON.stringify({ name: "front" }),
      "app/node_modules/vite/package.json": JSON.stringify({ name: "vite" }),
      "app/public/index.php": "1",
      "usr/sbin/php-fpm": "",
    };
    const image = viewPackages(files, ["php-fpm"], "", "/app");
    const [php, front] = ["pkg:composer/app", "pkg:npm/front"].map((identity) =>
      image.found.components.findIndex((each) => each.identity === identity),
    );
    const reasons = new Map(image.found.roots.map((root, i) => [root, image.found.rootReasons[i]]));
    expect([reasons.get(front!), reasons.get(php!)]).toEqual([RootReason.application, RootReason.entrypoint]);
    const sizes = [image.found.selfSize[php!], image.found.selfSize[front!]];
    expect(sizes).toEqual([files["app/composer.json"].length + 1, files["app/package.json"].length]);
  });
});
