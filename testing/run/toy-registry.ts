import { gzipSync } from "node:zlib";
import { sha256 } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { serveHttp, type TestServer } from "./http-server.ts";

const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
const LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

/** A layer of a registry. Without bytes it is only named. */
export interface ServedLayer {
  readonly digest: string;
  readonly size: number;
  readonly diffId: string;
  readonly bytes?: Uint8Array | undefined;
}

export interface ServedImage {
  readonly repository: string;
  readonly tag: string;
  /** Lowest first. */
  readonly layers: readonly ServedLayer[];
}

export interface ToyRegistry extends TestServer {
  /** Paths of the blobs and manifests asked for since the last call. */
  takeAsked(): string[];
}

/** A gzip layer with these members. */
export function buildServedLayer(members: readonly TarMember[]): ServedLayer {
  const tar = buildTar(members);
  const bytes = gzipSync(tar);
  return { digest: digestOf(bytes), size: bytes.length, diffId: digestOf(tar), bytes };
}

/** Serves any number of images: the catalog, their tags, manifests, configs, and the layers that have bytes. */
export async function serveImages(images: readonly ServedImage[]): Promise<ToyRegistry> {
  const files = new Map<string, Uint8Array>();
  const tags = Map.groupBy(images, ({ repository }) => repository);
  for (const image of images) addFiles(files, image);
  for (const [name, tagged] of tags)
    files.set(`/v2/${name}/tags/list`, toBytes({ name, tags: tagged.map(({ tag }) => tag) }));
  files.set("/v2/_catalog", toBytes({ repositories: [...tags.keys()] }));
  let asked: string[] = [];
  const server = await serveHttp(({ url }, response) => {
    const path = url!.replace(/\?.*/, "");
    const body = files.get(path);
    if (/\/(?:manifests|blobs)\//.test(path)) asked.push(path);
    if (body === undefined) response.writeHead(404).end();
    else response.setHeader("content-type", path.includes("/manifests/") ? MANIFEST_TYPE : "text/plain").end(body);
  });
  const takeAsked = () => {
    const taken = asked;
    asked = [];
    return taken;
  };
  return { ...server, takeAsked };
}

function addFiles(files: Map<string, Uint8Array>, { repository, tag, layers }: ServedImage): void {
  const config = toBytes({
    os: "linux",
    architecture: "amd64",
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
  });
  const manifest = toBytes({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, digest: digestOf(config), size: config.length },
    layers: layers.map(({ digest, size }) => ({ mediaType: LAYER_TYPE, digest, size })),
  });
  const base = `/v2/${repository}`;
  files.set(`${base}/manifests/${tag}`, manifest).set(`${base}/manifests/${digestOf(manifest)}`, manifest);
  files.set(`${base}/blobs/${digestOf(config)}`, config);
  for (const { digest, bytes } of layers) if (bytes !== undefined) files.set(`${base}/blobs/${digest}`, bytes);
}

function toBytes(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** `sha256:…` */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${sha256(bytes)}`;
}
