import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256 } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { serveHttp, type TestServer } from "./http-server.ts";

const LAYER = Buffer.from(buildTar([{ path: "etc/motd", body: "x".repeat(2000) }]));
const LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";
const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const CONFIG = Buffer.from(
  JSON.stringify({ os: "linux", architecture: "amd64", rootfs: { type: "layers", diff_ids: [digestOf(LAYER)] } }),
);

/** Answers a request instead of the honest registry; `false` if it leaves it to that one. */
export type Lie = (path: string, response: ServerResponse, request: IncomingMessage) => boolean;

export interface Truth {
  readonly layer: Buffer;
  readonly layerDigest: string;
  readonly manifest: Buffer;
}

/** What the registry says of its one image, `app:1`, before anybody lies. `size`: of the layer. */
export function honestImage(size = LAYER.length): Truth {
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf(CONFIG), size: CONFIG.length },
      layers: [{ mediaType: LAYER_TYPE, digest: digestOf(LAYER), size }],
    }),
  );
  return { layer: LAYER, layerDigest: digestOf(LAYER), manifest };
}

/** Serves one small image, with lies. */
export function startLyingRegistry(
  lie: Lie,
  { manifest, layer, layerDigest }: Truth = honestImage(),
): Promise<TestServer> {
  return serveHttp((request, response) => {
    const path = request.url!;
    if (lie(path, response, request)) return;
    if (path.includes("/manifests/")) response.setHeader("content-type", MANIFEST_TYPE).end(manifest);
    else if (path.endsWith(`/blobs/${layerDigest}`)) response.end(layer);
    else if (path.includes("/blobs/")) response.end(CONFIG);
    else if (path.includes("/tags/list")) response.end(JSON.stringify({ tags: ["1"] }));
    else if (path.startsWith("/v2/_catalog")) response.end(JSON.stringify({ repositories: ["app"] }));
    else response.writeHead(404).end();
  });
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${sha256(bytes)}`;
}
