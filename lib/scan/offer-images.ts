import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { MAX_OFFERED, NOTHING_OFFERED, type RegistryOffer } from "#lib/model/registry-offer.ts";
import { openEnvironment, type SourceAccess } from "#lib/sources/environment.ts";
import { withRegistries } from "#lib/sources/registry/look-up.ts";
import { formatReference, parseReference } from "#lib/sources/registry/reference.ts";
import type { Registries } from "#lib/sources/registry/registries.ts";
import { defaultPlatform } from "./new-request.ts";

/** Names of a list that are looked through: a catalog may have millions. */
const MAX_LOOKED_NAMES = 10_000;

const NOTHING: RegistryOffer = { ...NOTHING_OFFERED, platform: defaultPlatform() };

/**
 * Completes a reference of a registry, without its transport: the tags of a repository, else the repositories that begin like it.
 * What a person may not have finished is no error, but a line.
 */
export async function offerImages(typed: string, access: SourceAccess, signal: AbortSignal): Promise<RegistryOffer> {
  // Of a host that is typed first, nothing is known yet; without a slash it would be a name on Docker Hub.
  if (typed.includes("@") || typed.includes("*") || (!typed.includes("/") && /[.:]|^localhost$/.test(typed)))
    return NOTHING;
  const { name, tag } = splitTag(typed);
  try {
    return await withRegistries(openEnvironment(access), signal, (registries) => offer(registries, name, tag));
  } catch (error) {
    const isOurs = error instanceof InputError || error instanceof UnreachableError || error instanceof UsageError;
    if (!isOurs) throw error;
    return { ...NOTHING, line: error.message };
  }
}

/** `host:5000/app:1.` → name and the begun tag; `undefined` before its colon. */
function splitTag(typed: string): { name: string; tag: string | undefined } {
  const colon = typed.indexOf(":", typed.lastIndexOf("/") + 1);
  return colon === -1 ? { name: typed, tag: undefined } : { name: typed.slice(0, colon), tag: typed.slice(colon + 1) };
}

async function offer(registries: Registries, name: string, tag: string | undefined): Promise<RegistryOffer> {
  if (name.endsWith("/")) return offerRepositories(registries, name);
  const place = parseReference(`${name}:*`);
  if (place.kind !== "tags") return NOTHING;
  try {
    const repository = await registries.openRepository(place);
    const tags = await collect(repository.listTags(), tag ?? "");
    return {
      ...NOTHING,
      ...tags,
      repository: formatReference(place, ""),
      line: tags.names.length === 0 ? "no such tag" : "",
    };
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== "missing-blob") throw error;
    const begun = tag === undefined ? await offerRepositories(registries, name) : NOTHING;
    return begun.names.length > 0 ? begun : { ...NOTHING, line: `${place.host} has no repository ${place.repository}` };
  }
}

/** Docker Hub lists none. */
async function offerRepositories(registries: Registries, prefix: string): Promise<RegistryOffer> {
  const list = parseReference(
    prefix.endsWith("/") && prefix.indexOf("/") === prefix.length - 1 ? prefix : `${prefix}*`,
  );
  if (list.kind !== "repositories" || list.host === "docker.io") return NOTHING;
  const names = async function* () {
    for await (const { host, repository } of registries.listPlaces(list)) yield `${host}/${repository}`;
  };
  return { ...NOTHING, ...(await collect(names(), prefix)) };
}

async function collect(names: AsyncIterable<string>, prefix: string) {
  const found: string[] = [];
  let looked = 0;
  for await (const name of names) {
    looked += 1;
    if (name.startsWith(prefix)) found.push(name);
    if (looked >= MAX_LOOKED_NAMES) break;
  }
  found.sort(new Intl.Collator("en", { numeric: true }).compare);
  return { names: found.slice(0, MAX_OFFERED), moreCount: Math.max(0, found.length - MAX_OFFERED) };
}
