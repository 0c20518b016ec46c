import { describe, expect, test } from "vitest";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const names = ["base", "libc", "tool", "nginx", "lone"];
const IMAGE = {
  "var/lib/dpkg/status": [
    debRecord("base", { Essential: "yes", Depends: "libc" }),
    debRecord("libc", { Priority: "required", Architecture: "all" }),
    debRecord("tool", { Depends: "base", Priority: "optional" }),
    debRecord("nginx", { Depends: "libc", Architecture: "all" }),
    debRecord("lone", { Priority: "important" }),
  ].join(""),
  ...Object.fromEntries(names.map((name) => [`var/lib/dpkg/info/${name}.list`, `/usr/bin/${name}\n`])),
  ...Object.fromEntries(names.map((name) => [`usr/bin/${name}`, name])),
  bin: { symlink: "usr/bin" },
};
const MARKS = "var/lib/apt/extended_states";

describe("apt's marks", () => {
  test("make roots of packages not marked automatic, except base packages that others need", () => {
    expect(viewPackages({ ...IMAGE, [MARKS]: "" }).roots).toEqual(["tool@1", "nginx@1", "lone@1", "dpkg database"]);
  });

  test("apply to a name and an architecture; packages for all architectures are marked with the native one", () => {
    const marks = ["tool amd64", "nginx amd64", "lone i386"].map((mark) => {
      const [name, arch] = mark.split(" ");
      return `Package: ${name}\nArchitecture: ${arch}\nAuto-Installed: 1\n`;
    });
    expect(viewPackages({ ...IMAGE, [MARKS]: marks.join("\n") }).roots).toEqual([
      "lone@1",
      "dpkg database",
      "apt records",
    ]);
  });

  test("make no roots if there are none", () => {
    expect(viewPackages(IMAGE).roots).toEqual(["dpkg database"]);
  });
});

describe("the entrypoint's component", () => {
  test.each([
    [["nginx", "-g"], undefined, "nginx@1"],
    [["/bin/nginx"], undefined, "nginx@1"],
    [["nginx"], "/opt/bin::/bin", "nginx@1"],
  ])("%j with PATH %s", (command, path, expected) => {
    expect(viewPackages(IMAGE, command, path).roots).toContain(expected);
  });

  test("is absent if the program is missing or unowned", () => {
    for (const command of [["nothing"], ["/bin"], [""], []]) {
      expect(viewPackages(IMAGE, command).roots).toEqual(["dpkg database"]);
    }
  });

  test("is the first on the PATH that is a file", () => {
    const image = { ...IMAGE, "opt/tool": { symlink: "/usr/bin/nginx" }, "srv/tool/x": "" };
    expect(viewPackages(image, ["tool"], "/srv:/opt:/usr/bin").roots).toEqual(["nginx@1", "dpkg database"]);
  });
});

describe("top-level npm packages", () => {
  const modules = {
    "app/node_modules/a/package.json": JSON.stringify({ name: "a", dependencies: { b: "1" } }),
    "app/node_modules/b/package.json": JSON.stringify({ name: "b" }),
    "app/node_modules/c/package.json": JSON.stringify({ name: "c" }),
  };

  test("are its dependencies if there is a project beside them, which is the root instead", () => {
    const project = {
      dependencies: { b: "1", gone: "1" },
      optionalDependencies: { c: "1" },
      peerDependencies: { a: "1" },
    };
    const { edges, roots, rootReasons, messages } = viewPackages({
      ...modules,
      "app/package.json": JSON.stringify(project),
    });
    expect([roots, rootReasons]).toEqual([["app"], { app: "application" }]);
    expect(edges.filter((edge) => edge.startsWith("app →"))).toEqual([
      "app → app/node_modules/b [dependencies: b@1]",
      "app → app/node_modules/c [optionalDependencies: c@1]",
      "app → app/node_modules/a [peerDependencies: a@1]",
    ]);
    // A bundler may have left it out.
    expect(messages).toEqual([]);
  });

  test("include a project's devDependencies if they are shipped, but not those of installed packages", () => {
    const image = {
      "app/package.json": JSON.stringify({ devDependencies: { lint: "1", absent: "1" } }),
      "app/node_modules/lint/package.json": JSON.stringify({ name: "lint", dependencies: { util: "1" } }),
      "app/node_modules/util/package.json": JSON.stringify({
        name: "util",
        peerDependencies: { lint: "1" },
        devDependencies: { tool: "1" },
      }),
      "app/node_modules/tool/package.json": JSON.stringify({ name: "tool" }),
    };
    const { roots, edges } = viewPackages(image);
    expect(roots).toEqual(["app"]);
    expect(edges.filter((edge) => /tool|devDependencies/.test(edge))).toEqual([
      "app → app/node_modules/lint [devDependencies: lint@1]",
    ]);
  });

  test("are those without referrers if there is no such file", () => {
    expect(viewPackages(modules).roots).toEqual(["app/node_modules/a", "app/node_modules/c"]);
  });

  test("a damaged project file is a problem and is ignored", () => {
    const image = viewPackages({ ...modules, "app/package.json": "{" });
    expect(image.roots).toEqual(["app/node_modules/a", "app/node_modules/c", "unowned@0"]);
    expect(image.found.problems).toHaveLength(1);
  });
});
