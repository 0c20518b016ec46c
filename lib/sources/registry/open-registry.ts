import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import { HttpClient } from "../http/http-client.ts";
import type { RemoteImages } from "../images/open-images.ts";
import { isReferrersTag } from "../images/referrers-tag.ts";
import type { FoundImage } from "../images/source-image.ts";
import type { ImageReference, ListReference } from "./reference.ts";
import { Registries } from "./registries.ts";
import { type ListedTag, openListed, openReference } from "./registry-images.ts";

/** Opens the images of a registry. Nothing is fetched before the images are listed. */
export function openRegistry(
  reference: ImageReference,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): RemoteImages {
  const client = new HttpClient({ signal, reach: environment.reach });
  const registries = new Registries(client, environment.variables);
  const images = (platform: PlatformChoice) => findImages(registries, reference, platform);
  return {
    kind: "remote",
    find: async (platform) => ({ count: 1, images: images(platform) }),
    close: () => client.close(),
  };
}

/** One blob, at most so many bytes of it. Its digest is not checked. Throws InputError, UnreachableError. */
export async function readRegistryBlob(
  reference: { readonly host: string; readonly repository: string; readonly digest: Digest },
  maxBytes: number,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): Promise<Uint8Array> {
  const client = new HttpClient({ signal, reach: environment.reach });
  try {
    const repository = await new Registries(client, environment.variables).openRepository(reference);
    return Buffer.concat(
      await Array.fromAsync(repository.openBlob(reference.digest, maxBytes), (chunk) => chunk.slice()),
    );
  } finally {
    await client.close();
  }
}

async function* findImages(
  registries: Registries,
  reference: ImageReference,
  platform: PlatformChoice,
): AsyncGenerator<FoundImage> {
  if (reference.kind === "image") {
    yield* openReference(await registries.openRepository(reference), reference, platform);
    return;
  }
  yield* openListed(listTags(registries, reference), platform);
}

async function* listTags(registries: Registries, reference: ListReference): AsyncGenerator<ListedTag> {
  let isEmpty = true;
  for await (const place of registries.listPlaces(reference)) {
    isEmpty = false;
    const repository = await registries.openRepository(place);
    for await (const tag of repository.listTags())
      if (!isReferrersTag(tag)) yield { repository, reference: { kind: "image", ...place, tag } };
  }
  if (isEmpty)
    throw new InputError("not-an-image", reference.host, "no repository matches, or this login may not list them");
}
