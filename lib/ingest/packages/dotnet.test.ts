import { describe, expect, it } from "vitest";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const NET = ".NETCoreApp,Version=v8.0";
const package_ = (dll: string, dependencies: object = {}) => ({ runtime: { [`lib/net8.0/${dll}`]: {} }, dependencies });
const project = (dll: string, dependencies: object) => ({ runtime: { [dll]: {} }, dependencies });
/** Libraries by `NAME/VERSION`; those with `lib/` are packages. */
const deps = (target: Record<string, object>) => {
  const isPackage = (entry: object) => JSON.stringify(entry).includes("lib/");
  const libraries = Object.fromEntries(
    Object.entries(target).map(([key, entry]) => [key, { type: isPackage(entry) ? "package" : "project" }]),
  );
  return JSON.stringify({ runtimeTarget: { name: NET }, targets: { [NET]: target }, libraries });
};
const runsOn = (name: string, version: string) => JSON.stringify({ runtimeOptions: { framework: { name, version } } });

const APP = {
  "app/App.deps.json": deps({
    "App/1.0.0": project("App.dll", { "A.B": "2.0.0", Shared: "1.0.0", BuildOnly: "1" }),
    "A.B/2.0.0": package_("A.B.dll", { "c.d": "3.0.0" }),
    "C.D/3.1.0": { ...package_("C.D.dll"), resources: { "lib/net8.0/de/C.D.resources.dll": { locale: "de" } } },
    "Shared/1.0.0": project("Shared.dll", {}),
  }),
  "app/App.runtimeconfig.json": runsOn("Microsoft.NETCore.App", "8.0.0"),
  ...Object.fromEntries(
    ["App.dll", "App", "App.pdb", "A.B.dll", "C.D.dll", "de/C.D.resources.dll", "Shared.dll"].map((path) => [
      `app/${path}`,
      path,
    ]),
  ),
  "app/appsettings.json": "{}",
};
const framework = (version: string) => {
  const directory = `usr/share/dotnet/shared/Microsoft.NETCore.App/${version}`;
  return {
    [`${directory}/Microsoft.NETCore.App.deps.json`]: deps({
      [`Microsoft.NETCore.App.Runtime.linux-x64/${version}`]: package_("System.dll"),
    }),
    [`${directory}/System.dll`]: `System ${version}`,
    [`${directory}/libcoreclr.so`]: `coreclr ${version}`,
  };
};
const HOST = {
  "usr/share/dotnet/dotnet": "host",
  "usr/share/dotnet/host/fxr/8.0.10/libhostfxr.so": "fxr",
  "usr/bin/dotnet": { symlink: "../share/dotnet/dotnet" },
};

describe(".NET applications", () => {
  it("are the libraries that .deps.json lists, with their files", () => {
    const image = viewPackages(APP);
    expect(
      image.found.components
        .slice(0, 4)
        .map(({ kind, identity, instancePath }) => `${kind} ${identity} ${instancePath}`),
    ).toEqual([
      "nuget pkg:generic/App@1.0.0 app/App.dll",
      "nuget pkg:nuget/A.B@2.0.0 app/A.B.dll",
      "nuget pkg:nuget/C.D@3.1.0 app/C.D.dll",
      "nuget pkg:generic/Shared@1.0.0 app/Shared.dll",
    ]);
    expect(
      ["App", "App.pdb", "App.deps.json", "App.runtimeconfig.json", "de/C.D.resources.dll"].map((path) =>
        image.ownerOf(`app/${path}`),
      ),
    ).toEqual([...Array(4).fill("app/App.dll"), "app/C.D.dll"]);
    expect(image.ownerOf("app/appsettings.json")).toBe("unowned@0");
    expect(image.edges).toEqual([
      "app/App.dll → app/A.B.dll [dependencies: A.B 2.0.0]",
      "app/App.dll → app/Shared.dll [dependencies: Shared 1.0.0]",
      "app/A.B.dll → app/C.D.dll [dependencies: c.d 3.0.0]",
    ]);
    expect(image.messages).toEqual([
      "app/App.runtimeconfig.json: App 1.0.0: nothing installed satisfies framework: Microsoft.NETCore.App 8.0.0",
    ]);
    expect(image.rootReasons["app/App.dll"]).toBe("unreferred");
  });

  it("run on the shared framework that the host would choose, and that on the host", () => {
    const image = viewPackages(
      { ...APP, ...framework("8.0.10"), ...framework("9.0.0"), ...HOST },
      ["dotnet", "App.dll"],
      "/usr/bin",
      "/app",
    );
    const runtime = "usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.10";
    expect(image.ownerOf(`${runtime}/libcoreclr.so`)).toBe(`${runtime}/System.dll`);
    expect(
      ["dotnet", "host/fxr/8.0.10/libhostfxr.so"].map((path) => image.ownerOf(`usr/share/dotnet/${path}`)),
    ).toEqual(Array(2).fill("usr/share/dotnet"));
    expect(image.edges).toContain(`app/App.dll → ${runtime}/System.dll [framework: Microsoft.NETCore.App 8.0.0]`);
    expect(image.edges).toContain(`${runtime}/System.dll → usr/share/dotnet [is started by dotnet]`);
    expect(image.rootReasons).toMatchObject({ "app/App.dll": "entrypoint", "usr/share/dotnet": "entrypoint" });
    expect(image.messages).toEqual([]);
  });

  it("of a distribution package are a part of it", () => {
    const shared = framework("8.0.1");
    const image = viewPackages({
      "var/lib/dpkg/status": debRecord("dotnet-runtime-8.0"),
      "var/lib/dpkg/info/dotnet-runtime-8.0.list": Object.keys(shared)
        .map((path) => `/${path}\n`)
        .join(""),
      ...shared,
      ...APP,
    });
    expect(image.names.filter((name) => name.includes("shared/"))).toEqual([]);
    expect(image.edges).toContain("app/App.dll → dotnet-runtime-8.0@1 [framework: Microsoft.NETCore.App 8.0.0]");
  });
});
