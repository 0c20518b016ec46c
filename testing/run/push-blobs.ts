import type { BuiltBlob } from "#testing/builders/attested-image.ts";

/** Pushes a blob to a registry on this machine (distribution-spec, "Pushing a blob monolithically"). */
export async function pushBlob(host: string, repository: string, { bytes, digest }: BuiltBlob): Promise<void> {
  const started = await fetch(`http://${host}/v2/${repository}/blobs/uploads/`, { method: "POST" });
  const target = new URL(started.headers.get("location")!, `http://${host}`);
  target.searchParams.set("digest", digest);
  await expectDone(await fetch(target, { method: "PUT", body: Buffer.from(bytes) }));
}

/** Pushes a manifest or an index under a tag, or under its digest. */
export async function pushManifest(
  host: string,
  repository: string,
  manifest: BuiltBlob,
  reference: string = manifest.digest,
): Promise<void> {
  const url = `http://${host}/v2/${repository}/manifests/${reference}`;
  const headers = { "content-type": manifest.mediaType };
  await expectDone(await fetch(url, { method: "PUT", body: Buffer.from(manifest.bytes), headers }));
}

async function expectDone(response: Response): Promise<void> {
  if (response.status !== 201) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
}
