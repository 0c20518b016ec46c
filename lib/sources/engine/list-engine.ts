import { z } from "zod";
import { check, MAX_METADATA_BYTES, parseMetadata } from "#lib/formats/oci/index.ts";
import { type EngineImage, MAX_OFFERED_IMAGES, type MachineOffer } from "#lib/model/machine-offer.ts";
import { HttpClient, type HttpResponse } from "../http/http-client.ts";
import { HTTP_LIMITS } from "../http/limits.ts";
import { readWhole } from "../http/read-whole.ts";
import { ENGINE, findSocket, refused } from "./engine-socket.ts";

/** A person waits for the list. */
const LIST_LIMITS = { ...HTTP_LIMITS, connectMs: 3000, waitMs: 10_000, retries: 0 };
const MAX_LISTED_IMAGES = 10_000;

const usage = z.object({
  LayersSize: z.number().nullish(),
  Images: z
    .array(
      z.object({
        Id: z.string(),
        RepoTags: z.array(z.string()).nullish(),
        Created: z.number().nullish(),
        Size: z.number(),
        SharedSize: z.number().nullish(),
      }),
    )
    .max(MAX_LISTED_IMAGES)
    .nullish(),
});

type Listed = NonNullable<z.infer<typeof usage>["Images"]>[number];

/** What this machine's engine has, by one request that reads no image. Throws UnreachableError, InputError. */
export async function listEngine(
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Extract<MachineOffer, { kind: "engine" }>> {
  const client = new HttpClient({ signal, socketPath: findSocket(variables), limits: LIST_LIMITS });
  try {
    const path = "/system/df?type=image";
    const response = await client.send({ url: new URL(path, ENGINE) });
    if (response.status !== 200) throw await refused(response, path);
    const answer = check(usage, parseMetadata(await readWhole(response, MAX_METADATA_BYTES), path), path);
    return toOffer(answer, response);
  } finally {
    await client.close();
  }
}

function toOffer({ Images, LayersSize }: z.infer<typeof usage>, response: HttpResponse) {
  const listed = (Images ?? []).toSorted((a, b) => (b.Created ?? 0) - (a.Created ?? 0));
  const images = listed.slice(0, MAX_OFFERED_IMAGES).map(toImage);
  const bytes = LayersSize || listed.reduce((sum, { Size }) => sum + Size, 0);
  const facts = { source: "docker-daemon:", label: toLabel(response), imageCount: listed.length };
  return { kind: "engine", ...facts, images, bytes } as const;
}

function toImage({ Id, RepoTags, Size, SharedSize }: Listed): EngineImage {
  const id = Id.startsWith("sha256:") ? Id : `sha256:${Id}`;
  const isShared = typeof SharedSize === "number" && SharedSize >= 0;
  return { id, name: RepoTags?.[0] ?? id, bytes: Size, onlyThere: isShared ? Size - SharedSize : undefined };
}

/** Both engines sign their answers. */
function toLabel({ headers: { server } }: HttpResponse): string {
  return /libpod/i.test([server ?? ""].flat().join(" ")) ? "Podman" : "Docker";
}
