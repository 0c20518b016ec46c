import { describe, expect, it } from "vitest";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { gemspec } from "#testing/builders/gems.ts";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const HOME = "usr/local/bundle";
const at = (fullName: string) => `${HOME}/specifications/${fullName}.gemspec`;
const gems = (...names: readonly string[]) => names.map((name) => `${HOME}/gems/${name}`);

describe("gems", () => {
  it("are the gemspecs of a home, and those that come with Ruby", () => {
    const { found } = viewPackages({
      [at("a-1.0")]: gemspec("a", "1.0"),
      [at("n-1.16.2-x86_64-linux")]: gemspec("n", "1.16.2", { platform: "x86_64-linux" }),
      [`${HOME}/specifications/default/json-2.7.gemspec`]: gemspec("json", "2.7"),
      [`${HOME}/gems/a-1.0/a.gemspec`]: gemspec("not-installed", "1"),
    });
    expect(found.components.map(({ kind, identity, instancePath }) => `${kind} ${identity} ${instancePath}`)).toEqual([
      `gem pkg:gem/a@1.0 ${HOME}/gems/a-1.0`,
      `gem pkg:gem/n@1.16.2?platform=x86_64-linux ${HOME}/gems/n-1.16.2-x86_64-linux`,
      `gem pkg:gem/json@2.7 ${HOME}/gems/json-2.7`,
    ]);
    expect(found.problems).toEqual([]);
  });

  it("own their directories, their gemspec and the wrappers of their programs; RubyGems its cache", () => {
    const image = viewPackages({
      [at("a-1.0")]: gemspec("a", "1.0", { executables: ["tool"] }),
      [at("a-2.0")]: gemspec("a", "2.0", { executables: ["tool"] }),
      [`${HOME}/gems/a-1.0/lib/a.rb`]: "1",
      [`${HOME}/gems/a-2.0/node_modules/x.js`]: "1",
      [`${HOME}/extensions/x86_64-linux/3.3.0/a-1.0/a.so`]: "1",
      [`${HOME}/doc/a-1.0/ri/a.ri`]: "1",
      [`${HOME}/cache/a-1.0.gem`]: "1",
      [`${HOME}/bin/tool`]: "1",
      [`${HOME}/bin/other`]: "1",
      [`${HOME}/gems/gone-1.0/lib/gone.rb`]: "1",
    });
    const [first, second] = gems("a-1.0", "a-2.0");
    expect(
      ["gems/a-1.0/lib/a.rb", "extensions/x86_64-linux/3.3.0/a-1.0/a.so", "doc/a-1.0/ri/a.ri", "bin/tool"].map((path) =>
        image.ownerOf(`${HOME}/${path}`),
      ),
    ).toEqual([first, first, first, second]);
    expect(image.ownerOf(`${HOME}/gems/a-2.0/node_modules/x.js`)).toBe(second);
    expect(image.ownerOf(at("a-2.0"))).toBe(second);
    expect(
      ["cache/a-1.0.gem", "bin/other", "gems/gone-1.0/lib/gone.rb"].map((path) => image.ownerOf(`${HOME}/${path}`)),
    ).toEqual(["gem cache", "unowned@0", "unowned@0"]);
  });

  it("of Ruby's own home have their wrappers in its prefix, and Debian's in /usr/local/bin", () => {
    const image = viewPackages({
      "opt/ruby/lib/ruby/gems/3.3.0/specifications/a-1.gemspec": gemspec("a", "1", { executables: ["a"] }),
      "var/lib/gems/3.3.0/specifications/b-1.gemspec": gemspec("b", "1", { executables: ["b"] }),
      "opt/ruby/bin/a": "1",
      "usr/local/bin/b": "1",
    });
    expect(["opt/ruby/bin/a", "usr/local/bin/b"].map(image.ownerOf)).toEqual([
      "opt/ruby/lib/ruby/gems/3.3.0/gems/a-1",
      "var/lib/gems/3.3.0/gems/b-1",
    ]);
  });

  it("shipped by a distribution package belong to that package, and others may need it", () => {
    const shipped = "usr/share/rubygems-integration/all/specifications/rack-2.2.gemspec";
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("ruby-rack"),
      "var/lib/dpkg/info/ruby-rack.list": `/${shipped}\n`,
      [shipped]: gemspec("rack", "2.2"),
      "var/lib/gems/3.3.0/specifications/web-1.gemspec": gemspec("web", "1", { needs: [["rack", "~> 2.0"]] }),
    });
    expect(image.edges).toContain("var/lib/gems/3.3.0/gems/web-1 → ruby-rack@1 [dependency: rack (~> 2.0)]");
    expect(image.names).not.toContain("usr/share/rubygems-integration/all/gems/rack-2.2");
  });

  it("whose gemspec says nothing are one problem each", () => {
    const image = viewPackages({ [at("nothing")]: "x", [at("a-1")]: gemspec("a", "1") });
    expect([image.names, image.messages]).toEqual([
      [...gems("a-1"), "unowned@0"],
      [`${at("nothing")}: has no valid name and version`],
    ]);
  });
});

describe("the needs of a gem", () => {
  const edgesOf = (entries: Record<string, TreeEntry>) => viewPackages(entries).edges;

  it("are met by the highest version that satisfies them, by a prerelease only where nothing else does", () => {
    const needs = [["b", "~> 1.0"], ["c"], ["d", ">= 2.a"], ["e"]] as const;
    const versions = ["b-1.0", "b-1.10", "b-1.9", "b-2.0", "c-1.0", "c-2.0.rc1", "d-1.0", "d-2.0.rc1", "e-1.0.a"];
    const others = versions.map((each) => [at(each), gemspec(each[0]!, each.slice(2))]);
    expect(edgesOf({ [at("a-1")]: gemspec("a", "1", { needs }), ...Object.fromEntries(others) })).toEqual(
      [
        "b-1.10 [dependency: b (~> 1.0)]",
        "c-1.0 [dependency: c]",
        "d-2.0.rc1 [dependency: d (>= 2.a)]",
        "e-1.0.a [dependency: e]",
      ].map((edge) => `${gems("a-1")} → ${HOME}/gems/${edge}`),
    );
  });

  it("that nothing meets are problems", () => {
    const needs = [["b", ">= 2"], ["gone"]] as const;
    const { messages } = viewPackages({ [at("a-1")]: gemspec("a", "1", { needs }), [at("b-1")]: gemspec("b", "1") });
    expect(messages).toEqual(
      ["b (>= 2)", "gone"].map((text) => `${at("a-1")}: a 1: nothing installed satisfies dependency: ${text}`),
    );
  });

  it("are in the homes of its Ruby: not in those of another one, nor in another application's bundle", () => {
    const needs = [["b"]] as const;
    const image = viewPackages({
      "one/vendor/bundle/ruby/3.3.0/specifications/a-1.gemspec": gemspec("a", "1", { needs }),
      "one/vendor/bundle/ruby/3.3.0/specifications/b-1.gemspec": gemspec("b", "1"),
      "two/vendor/bundle/ruby/3.3.0/specifications/a-2.gemspec": gemspec("a", "2", { needs }),
      "two/vendor/bundle/ruby/3.2.0/specifications/a-3.gemspec": gemspec("a", "3", { needs }),
      "usr/lib/ruby/gems/3.3.0/specifications/b-2.gemspec": gemspec("b", "2"),
    });
    expect(image.edges).toEqual([
      "one/vendor/bundle/ruby/3.3.0/gems/a-1 → one/vendor/bundle/ruby/3.3.0/gems/b-1 [dependency: b]",
      "two/vendor/bundle/ruby/3.3.0/gems/a-2 → usr/lib/ruby/gems/3.3.0/gems/b-2 [dependency: b]",
    ]);
    expect(image.messages).toHaveLength(1);
  });
});

describe("the gems that were asked for", () => {
  const installed = {
    [at("web-1")]: gemspec("web", "1", { needs: [["rack"]] }),
    [at("rack-2")]: gemspec("rack", "2"),
    [at("rack-3")]: gemspec("rack", "3"),
    [at("alone-1")]: gemspec("alone", "1"),
    [`${HOME}/specifications/default/json-2.7.gemspec`]: gemspec("json", "2.7"),
  };
  const LOCK = "GEM\n  specs:\n    rack (2)\n    web (1)\n\nDEPENDENCIES\n  rack\n  web\n";

  it("are those of the Gemfile.lock where the command starts, or beside the program that it starts", () => {
    const lock = { ...installed, "app/Gemfile.lock": LOCK, "app/bin/web": "#!ruby" };
    const expected = gems("rack-2", "web-1");
    const named = (...args: [command: string[], path?: string, workingDir?: string]) => {
      const { rootReasons } = viewPackages(lock, ...args);
      return Object.keys(rootReasons).filter((name) => rootReasons[name] === "named");
    };
    expect(named(["x"], "", "/app").sort()).toEqual(expected);
    expect(named(["/app/bin/web"]).sort()).toEqual(expected);
    expect(named(["x"])).toEqual([]);
  });

  it("are behind the application that Ruby starts, which owns what nothing else does around its Gemfile.lock", () => {
    const image = viewPackages(
      {
        ...installed,
        "var/lib/dpkg/status": debRecord("ruby"),
        "var/lib/dpkg/info/ruby.list": "/usr/bin/ruby\n",
        "usr/bin/ruby": "1",
        "srv/shop/Gemfile.lock": `${LOCK}  gone\n`,
        "srv/shop/Gemfile": "1",
        "srv/shop/app/models/order.rb": "1",
        "srv/other.rb": "1",
      },
      ["ruby", "/srv/shop/server.rb"],
      "",
      "/srv/shop",
    );
    const [rack, web] = gems("rack-2", "web-1");
    expect(image.edges).toEqual(
      expect.arrayContaining([
        `srv/shop → ${rack} [Gemfile: rack]`,
        `srv/shop → ${web} [Gemfile: web]`,
        "srv/shop → ruby@1 [runs on usr/bin/ruby]",
      ]),
    );
    expect(["Gemfile", "Gemfile.lock", "app/models/order.rb"].map((path) => image.ownerOf(`srv/shop/${path}`))).toEqual(
      ["srv/shop", "srv/shop", "srv/shop"],
    );
    expect(image.ownerOf("srv/other.rb")).toBe("unowned@0");
    expect(image.rootReasons["srv/shop"]).toBe("entrypoint");
    expect([rack, web].map((name) => image.rootReasons[name!])).toEqual([undefined, undefined]);
    expect(image.messages).toEqual([]);
  });

  it("are without one those that no other needs, except Ruby's own", () => {
    const { rootReasons } = viewPackages(installed);
    const unreferred = Object.keys(rootReasons).filter((name) => rootReasons[name] === "unreferred");
    expect(unreferred.sort()).toEqual(gems("alone-1", "rack-2", "web-1"));
  });
});
