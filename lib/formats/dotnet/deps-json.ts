import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { isObject } from "../json/index.ts";
import { MAX_DOTNET_TEXT, objectOf, readDotnetJson, textOf } from "./read-json.ts";

/** Libraries of one application. */
export const MAX_DOTNET_LIBRARIES = 20_000;
/** UTF-16 units of a file's path. */
export const MAX_ASSET_PATH = 1024;

/** A library of an application, as its `.deps.json` describes it for one runtime. */
export interface DotnetLibrary {
  readonly name: string;
  readonly version: string;
  /** `project`: made with the application, and the application itself. */
  readonly kind: "package" | "project";
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  /**
   * Where its files may be, as seen from the `.deps.json`: for each asset its path in the package, and where publishing puts it (beside
   * the application, translations in a directory of their language).
   */
  readonly assets: readonly string[];
}

/** What the runtime loads; what only the compiler reads is not in an image. */
const ASSET_FIELDS = ["runtime", "native", "resources", "runtimeTargets"];
const RUNTIME_PACK = "runtimepack.";

/**
 * Parses a `.deps.json`: the libraries of the runtime that it is for. Libraries that bring neither a file nor dependencies are left
 * out: they were needed for building.
 */
export function parseDepsJson(body: Uint8Array): { value: DotnetLibrary[]; problems: Fault[] } {
  const faults = new FaultList();
  const json = readDotnetJson(body, faults);
  const entries = Object.entries(findTarget(json));
  if (entries.length > MAX_DOTNET_LIBRARIES) faults.addLimit("libraries", MAX_DOTNET_LIBRARIES);
  const all = entries.slice(0, MAX_DOTNET_LIBRARIES).map(([key, entry]) => {
    const type = textOf(objectOf(objectOf(json, "libraries"), key), "type");
    return toLibrary(key, entry, type, faults);
  });
  const value = all.filter((each) => each !== undefined);
  return {
    value: value.filter(({ assets, dependencies }) => assets.length + dependencies.length > 0),
    problems: faults.found,
  };
}

/** The target that the file names, with its runtime; older files name none, and have one. */
function findTarget(json: unknown): Record<string, unknown> {
  const targets = objectOf(json, "targets");
  const name = textOf(objectOf(json, "runtimeTarget"), "name") ?? textOf(json, "runtimeTarget");
  return objectOf(targets, name !== undefined && Object.hasOwn(targets, name) ? name : (Object.keys(targets)[0] ?? ""));
}

function toLibrary(
  key: string,
  entry: unknown,
  type: string | undefined,
  faults: FaultList,
): DotnetLibrary | undefined {
  const slash = key.indexOf("/");
  const [name, version] = [key.slice(0, slash).trim(), key.slice(slash + 1).trim()];
  if (slash < 0 || name === "" || key.length > MAX_DOTNET_TEXT || !isObject(entry)) {
    faults.add(() => `has a library without a name and a version: ${quote(key)}`, "bad-json");
    return undefined;
  }
  const isPack = name.startsWith(RUNTIME_PACK) && name.length > RUNTIME_PACK.length;
  return {
    name: isPack ? name.slice(RUNTIME_PACK.length) : name,
    version,
    kind: type === "package" || type === "runtimepack" ? "package" : "project",
    dependencies: listDependencies(entry),
    assets: ASSET_FIELDS.flatMap((field) => Object.entries(objectOf(entry, field)).flatMap(toPlaces)),
  };
}

function listDependencies(entry: unknown): { name: string; version: string }[] {
  const all = Object.keys(objectOf(entry, "dependencies")).filter(
    (name) => name !== "" && name.length <= MAX_DOTNET_TEXT,
  );
  return all.map((name) => ({ name, version: textOf(objectOf(entry, "dependencies"), name) ?? "" }));
}

/** `_._` stands for "nothing here". */
function toPlaces([path, asset]: [string, unknown]): string[] {
  const base = path.slice(path.lastIndexOf("/") + 1);
  if (path.length > MAX_ASSET_PATH || base === "" || base === "_._") return [];
  const locale = textOf(asset, "locale");
  const published = locale === undefined ? base : `${locale}/${base}`;
  return published === path ? [path] : [published, path];
}
