import { expect, it } from "vitest";
import type { Descriptor } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { listSignatures } from "./list-signatures.ts";
import type { BlobStore } from "./source-image.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;

function store(referrers: readonly string[], tags: Readonly<Record<string, Digest>> = {}): BlobStore {
  const descriptors = referrers.map(
    (artifactType, i): Descriptor => ({
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: digest(`${i}`),
      size: 1,
      annotations: undefined,
      platform: undefined,
      artifactType,
    }),
  );
  return {
    label: "test",
    read: async () => undefined,
    locate: async () => undefined,
    listReferrers: async () => descriptors,
    findTagged: async (tag) => tags[tag],
  };
}

it("lists signatures of cosign, notation and Sigstore among what refers to an image", async () => {
  const types = [
    "application/vnd.dev.cosign.artifact.sig.v1+json",
    "application/spdx+json",
    "application/vnd.cncf.notary.signature",
    "application/vnd.dev.sigstore.bundle.v0.3+json",
  ];
  const found = await listSignatures(store(types), digest("a"));
  expect(found.map(({ type }) => type)).toEqual(types.filter((type) => !type.includes("spdx")));
});

it("finds the tag under which cosign keeps signatures", async () => {
  const found = await listSignatures(store([], { [`sha256-${"a".repeat(64)}.sig`]: digest("b") }), digest("a"));
  expect(found).toEqual([{ type: "application/vnd.dev.cosign.simplesigning.v1+json", digest: digest("b") }]);
  expect(await listSignatures(store([]), digest("a"))).toEqual([]);
});
