import { type Digest, parseDigest } from "#lib/model/digest.ts";
import { UsageError } from "#lib/model/problem.ts";

/** The registry of names without a host, and the host that serves it. */
const DEFAULT_HOST = "docker.io";
const SERVED_BY: Readonly<Record<string, string>> = { [DEFAULT_HOST]: "registry-1.docker.io" };
const DEFAULT_TAG = "latest";

/** Images of a registry, as in `docker://`. */
export type ImageReference = NamedReference | ListReference;

/** One image. */
export type NamedReference =
  | TagReference
  | { readonly kind: "image"; readonly host: string; readonly repository: string; readonly digest: Digest };

export interface TagReference {
  readonly kind: "image";
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
}

/** Images that the registry lists. */
export type ListReference =
  /** All tags of one repository. */
  | { readonly kind: "tags"; readonly host: string; readonly repository: string }
  /** All tags of all repositories that begin with the prefix; "" for the whole registry. */
  | { readonly kind: "repositories"; readonly host: string; readonly prefix: string };

// distribution/reference, regexp.go.
const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;
const MAX_REPOSITORY_LENGTH = 255;

/** Parses `HOST[:PORT]/REPO[:TAG|@DIGEST]`, `REPO:*`, `PREFIX*` and `HOST/`. Throws UsageError. */
export function parseReference(spelt: string): ImageReference {
  const text = spelt.replace(/^\/\//, "");
  const { host, path } = splitHost(text);
  if (!HOST.test(host)) throw new UsageError(`docker://${text}: ${host} is not a host`);
  if (path === "") return { kind: "repositories", host, prefix: "" };
  if (path.endsWith(":*")) return { kind: "tags", host, repository: parseRepository(text, host, path.slice(0, -2)) };
  if (path.endsWith("*")) return { kind: "repositories", host, prefix: path.slice(0, -1) };
  return parseImage(text, host, path);
}

/** The name of an image, as engines print it: without Docker Hub's host, where that leaves the same name. */
export function formatReference({ host, repository }: { host: string; repository: string }, suffix: string): string {
  const short = repository.replace(/^library\/(?=[^/]+$)/, "");
  const isShort = host === DEFAULT_HOST && splitHost(short).host === DEFAULT_HOST;
  return `${isShort ? short : `${host}/${repository}`}${suffix}`;
}

/** The host that serves a registry's API. */
export function apiHost(host: string): string {
  return SERVED_BY[host] ?? host;
}

/** A first part with a dot or a colon is a host, and so is `localhost` (distribution/reference, normalize.go). */
function splitHost(text: string): { host: string; path: string } {
  const slash = text.indexOf("/");
  const first = text.slice(0, Math.max(slash, 0));
  if (!/[.:]/.test(first) && first !== "localhost") return { host: DEFAULT_HOST, path: text };
  return { host: first, path: text.slice(slash + 1) };
}

function parseImage(text: string, host: string, path: string): ImageReference {
  const at = path.indexOf("@");
  const [named, digestText] = at === -1 ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
  const colon = named.lastIndexOf(":");
  const [name, tag] = colon === -1 ? [named, DEFAULT_TAG] : [named.slice(0, colon), named.slice(colon + 1)];
  const repository = parseRepository(text, host, name);
  if (!TAG.test(tag)) throw new UsageError(`docker://${text}: ${tag} is not a tag`);
  if (digestText === undefined) return { kind: "image", host, repository, tag };
  const digest = parseDigest(digestText);
  if (digest === undefined) throw new UsageError(`docker://${text}: expected sha256: and 64 hex digits after the @`);
  return { kind: "image", host, repository, digest };
}

function parseRepository(text: string, host: string, name: string): string {
  const repository = host === DEFAULT_HOST && !name.includes("/") ? `library/${name}` : name;
  if (REPOSITORY.test(repository) && repository.length <= MAX_REPOSITORY_LENGTH) return repository;
  throw new UsageError(
    `docker://${text}: ${name} is not a repository; names are lower-case letters, digits and . _ - /`,
  );
}
