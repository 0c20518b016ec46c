import * as v from "valibot";
import { boundedList, numberField, objectOf } from "#lib/formats/json/index.ts";
import { check, MAX_METADATA_BYTES, parseMetadata } from "#lib/formats/oci/index.ts";
import { type EngineImage, MAX_OFFERED_IMAGES, type MachineOffer } from "#lib/model/machine-offer.ts";
import { HttpClient, type HttpResponse } from "../http/http-client.ts";
import { HTTP_LIMITS } from "../http/limits.ts";
import { readWhole } from "../http/read-whole.ts";
import { ENGINE, findSocket, refused } from "./engine-socket.ts";

/** A person waits for the list. */
const LIST_LIMITS = { ...HTTP_LIMITS, connectMs: 3000, waitMs: 10_000, retries: 0 };
const MAX_LISTED_IMAGES = 10_000;

const imageList = boundedList(
  objectOf({
    Id: v.string(),
    RepoTags: v.nullish(v.array(v.string())),
    Created: v.nullish(numberField),
    Size: numberField,
  }),
  MAX_LISTED_IMAGES,
);

/** Podman's names here are tags alone, so only sizes are taken from it. */
const diskUsage = objectOf({
  LayersSize: v.nullish(numberField),
  Images: v.nullish(boundedList(objectOf({ Id: v.string(), SharedSize: v.nullish(numberField) }), MAX_LISTED_IMAGES)),
});

type Listed = v.InferOutput<typeof imageList>[number];
type DiskUsage = v.InferOutput<typeof diskUsage>;

/** What this machine's engine has, by two requests that read no image. Throws UnreachableError, InputError. */
export async function listEngine(
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Extract<MachineOffer, { kind: "engine" }>> {
  const client = new HttpClient({ signal, socketPath: findSocket(variables), limits: LIST_LIMITS });
  try {
    const images = await ask(client, "/images/json", imageList);
    const usage = await ask(client, "/system/df?type=image", diskUsage);
    return toOffer(images.value, usage.value, images.response);
  } finally {
    await client.close();
  }
}

async function ask<Schema extends v.GenericSchema>(client: HttpClient, path: string, schema: Schema) {
  const response = await client.send({ url: new URL(path, ENGINE) });
  if (response.status !== 200) throw await refused(response, path);
  const value = check(schema, parseMetadata(await readWhole(response, MAX_METADATA_BYTES), path), path);
  return { value, response };
}

function toOffer(images: readonly Listed[], { LayersSize, Images }: DiskUsage, response: HttpResponse) {
  const listed = images.toSorted((a, b) => (b.Created ?? 0) - (a.Created ?? 0)).slice(0, MAX_OFFERED_IMAGES);
  const shared = new Map((Images ?? []).map(({ Id, SharedSize }) => [toDigest(Id), SharedSize ?? -1]));
  const facts = { source: "docker-daemon:", label: toLabel(response), imageCount: images.length };
  const bytes = LayersSize || images.reduce((sum, { Size }) => sum + Size, 0);
  return { kind: "engine", ...facts, images: listed.map((image) => toImage(image, shared)), bytes } as const;
}

/** A size below 0 was not computed. */
function toImage({ Id, RepoTags, Size }: Listed, shared: ReadonlyMap<string, number>): EngineImage {
  const id = toDigest(Id);
  const sharedSize = shared.get(id) ?? -1;
  return { id, name: RepoTags?.[0] ?? id, bytes: Size, onlyThere: sharedSize < 0 ? undefined : Size - sharedSize };
}

/** Podman leaves the algorithm out in some answers. */
function toDigest(id: string): string {
  return id.startsWith("sha256:") ? id : `sha256:${id}`;
}

/** Both engines sign their answers. */
function toLabel({ headers: { server } }: HttpResponse): string {
  return /libpod/i.test([server ?? ""].flat().join(" ")) ? "Podman" : "Docker";
}
