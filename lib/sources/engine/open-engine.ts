import * as v from "valibot";
import { boundedList, objectOf } from "#lib/formats/json/index.ts";
import { check, MAX_METADATA_BYTES, parseMetadata } from "#lib/formats/oci/index.ts";
import { nearestTexts } from "#lib/model/nearest-text.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import { HttpClient } from "../http/http-client.ts";
import { HTTP_LIMITS } from "../http/limits.ts";
import { readWhole } from "../http/read-whole.ts";
import { findArchiveImages } from "../images/docker-save.ts";
import type { OpenedFiles } from "../images/open-images.ts";
import { ENGINE, findSocket, refused } from "./engine-socket.ts";

/** An engine may collect an image for minutes before it sends the first byte. */
const ENGINE_WAIT_MS = 300_000;
const MAX_IMAGES = 10_000;

const imageList = boundedList(objectOf({ Id: v.string(), RepoTags: v.nullish(v.array(v.string())) }), MAX_IMAGES);

/**
 * Opens an image of a Docker or Podman engine, or all of them if `name` is "", through its API. The engine sends them as a
 * `docker save` archive, which is read as it comes. Throws UnreachableError if there is no engine; InputError if it does not have
 * the image.
 */
export async function openEngine(
  name: string,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): Promise<OpenedFiles> {
  const socketPath = findSocket(environment.variables);
  const client = new HttpClient({ signal, socketPath, limits: { ...HTTP_LIMITS, waitMs: ENGINE_WAIT_MS } });
  const names = await chooseNames(client, name);
  const chunks = save(client, names);
  return {
    kind: "files",
    files: { kind: "stream", label: name === "" ? "engine" : name, chunks },
    find: (store, platform) => findArchiveImages(store, { platform }),
  };
}

/** Every tag of every image, so that the archive names them all; an untagged one by its id. */
async function chooseNames(client: HttpClient, name: string): Promise<string[]> {
  const path = "/images/json";
  const response = await client.send({ url: new URL(path, ENGINE) });
  if (response.status !== 200) throw await refused(response, path);
  const images = check(imageList, parseMetadata(await readWhole(response, MAX_METADATA_BYTES), path), path);
  const tagsOf = images.map(({ Id, RepoTags }) => (RepoTags?.length ? RepoTags : [Id]));
  if (name === "") {
    if (images.length > 0) return tagsOf.flat();
    throw new InputError("not-an-image", "", "the engine has no images");
  }
  const found = images.findIndex(
    ({ Id }, i) => Id.replace("sha256:", "").startsWith(name) || tagsOf[i]!.some((tag) => isNamed(tag, name)),
  );
  if (found === -1) throw noSuchImage(name, tagsOf.flat());
  return [name];
}

/** `nginx` names `docker.io/library/nginx:latest`; Podman spells names out, Docker does not. */
function isNamed(tag: string, name: string): boolean {
  const wanted = /:[^/]*$/.test(name) ? name : `${name}:latest`;
  return tag === wanted || tag.endsWith(`/${wanted}`);
}

function noSuchImage(name: string, tags: readonly string[]): InputError {
  const near = nearestTexts(
    name,
    tags.map((tag) => tag.replace(/^(docker\.io\/library|localhost)\//, "")),
    1,
  )[0];
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return new InputError("not-an-image", "", `the engine has no image ${name}${hint}`);
}

async function* save(client: HttpClient, names: readonly string[]): AsyncGenerator<Uint8Array> {
  try {
    const url = new URL("/images/get", ENGINE);
    for (const name of names) url.searchParams.append("names", name);
    const response = await client.send({ url });
    if (response.status !== 200) throw await refused(response, names.join(", "));
    yield* response.body;
  } finally {
    await client.close();
  }
}
