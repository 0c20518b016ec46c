import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import * as v from "valibot";
import { objectOf } from "#lib/formats/json/index.ts";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";
import { isMissing } from "../images/directory.ts";

/** A place that a repository is read from. */
export interface Endpoint {
  /** `HOST[:PORT]` of the API. */
  readonly host: string;
  readonly repository: string;
  /** Plain HTTP, or HTTPS with any certificate. */
  readonly isInsecure: boolean;
}

const mirror = objectOf({ location: v.string(), insecure: v.optional(v.boolean(), false) });
const registry = objectOf({
  prefix: v.optional(v.string()),
  location: v.optional(v.string()),
  insecure: v.optional(v.boolean(), false),
  blocked: v.optional(v.boolean(), false),
  mirror: v.optional(v.array(mirror), []),
});
const configFile = objectOf({ registry: v.optional(v.array(registry), []) });
type RegistryTable = v.InferOutput<typeof registry>;

/**
 * The places of a repository in the order in which to try them: its mirrors, then itself, as containers-registries.conf(5) has it.
 * Throws UsageError for a blocked registry; UnreachableError if a file cannot be read.
 */
export async function findEndpoints(host: string, repository: string, env: NodeJS.ProcessEnv): Promise<Endpoint[]> {
  const name = `${host}/${repository}`;
  const table = bestMatch(await readTables(env), name);
  if (table === undefined) return [{ host, repository, isInsecure: false }];
  if (table.blocked) throw new UsageError(`${name}: blocked by registries.conf`);
  const prefix = prefixOf(table);
  // A wildcard has no location of its own: it only sets `insecure` and `blocked`.
  if (prefix.startsWith("*.")) return [{ host, repository, isInsecure: table.insecure }];
  const places = [...table.mirror, { location: table.location ?? prefix, insecure: table.insecure }];
  return places.map(({ location, insecure }) => toEndpoint(location + name.slice(prefix.length), insecure));
}

function prefixOf({ prefix, location }: RegistryTable): string {
  return prefix ?? location ?? "";
}

function toEndpoint(name: string, isInsecure: boolean): Endpoint {
  const slash = name.indexOf("/");
  return { host: name.slice(0, slash), repository: name.slice(slash + 1), isInsecure };
}

/** The longest prefix that matches up to a `/`, `:` or the end; `*.example.com` matches any host below it. */
function bestMatch(tables: readonly RegistryTable[], name: string): RegistryTable | undefined {
  const matching = tables.filter((table) => matches(prefixOf(table), name));
  return matching.toSorted((a, b) => prefixOf(b).length - prefixOf(a).length)[0];
}

function matches(prefix: string, name: string): boolean {
  if (prefix === "") return false;
  if (prefix.startsWith("*.")) return name.slice(0, name.indexOf("/")).replace(/:\d+$/, "").endsWith(prefix.slice(1));
  return name === prefix || (name.startsWith(prefix) && /[/:@]/.test(name[prefix.length]!));
}

/** The user's file replaces the system's; files of the `.d` directories add to either. */
async function readTables(env: NodeJS.ProcessEnv): Promise<RegistryTable[]> {
  const { CONTAINERS_REGISTRIES_CONF: named } = env;
  if (named !== undefined) return (await readTable(named)) ?? [];
  const directories = [join(env.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "containers"), "/etc/containers"];
  const tables: RegistryTable[] = [];
  for (const directory of directories) {
    for (const file of await listDropIns(`${directory}/registries.conf.d`))
      tables.push(...((await readTable(file)) ?? []));
  }
  for (const directory of directories) {
    const main = await readTable(join(directory, "registries.conf"));
    if (main !== undefined) return [...tables, ...main];
  }
  return tables;
}

async function listDropIns(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names
      .filter((name) => name.endsWith(".conf"))
      .sort()
      .map((name) => join(directory, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readTable(file: string): Promise<RegistryTable[] | undefined> {
  try {
    return v.parse(configFile, parse(await readFile(file, "utf8"))).registry;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new UnreachableError(`${file}: cannot be read as registries.conf`, { cause });
  }
}
