import { PackageURL } from "packageurl-js";
import { type Digest, parseDigest } from "#lib/model/digest.ts";
import { isObject } from "../json/index.ts";
import type { Statement } from "./statement.ts";

/** Materials read of one provenance; a build has a few images and some hundred files. */
const MAX_MATERIALS = 10_000;
/** Characters of an image's name. */
const MAX_MATERIAL_NAME = 1024;

/** An image that a build used. */
interface ImageMaterial {
  /** `alpine:3.20`; without the tag if it has none. */
  readonly name: string;
  readonly digest: Digest;
}

/**
 * The images with digests among the materials of a build: `materials` of SLSA provenance v0.2, `resolvedDependencies` of v1. Provenance
 * does not tell a base from another image that the build used, such as a frontend. Each once, in order.
 */
export function materialsOf({ predicateType, predicate }: Statement): ImageMaterial[] {
  const found = new Map<string, ImageMaterial>();
  for (const entry of listMaterials(predicateType, predicate).slice(0, MAX_MATERIALS)) {
    const image = isObject(entry) ? toImage(entry) : undefined;
    if (image !== undefined) found.set(`${image.name} ${image.digest}`, image);
  }
  return [...found.values()];
}

function listMaterials(predicateType: string, predicate: unknown): readonly unknown[] {
  if (!isObject(predicate)) return [];
  const definition = isObject(predicate.buildDefinition) ? predicate.buildDefinition : {};
  const listed = predicateType.endsWith("/v0.2") ? predicate.materials : definition.resolvedDependencies;
  return Array.isArray(listed) ? listed : [];
}

function toImage({ uri, digest }: Record<string, unknown>): ImageMaterial | undefined {
  const hex = isObject(digest) ? digest.sha256 : undefined;
  const parsed = typeof hex === "string" ? parseDigest(`sha256:${hex}`) : undefined;
  const name = typeof uri === "string" && uri.length <= MAX_MATERIAL_NAME ? toImageName(uri) : undefined;
  return parsed === undefined || name === undefined ? undefined : { name, digest: parsed };
}

/** `pkg:docker/library/alpine@3.20?platform=…` → `library/alpine:3.20`; `undefined` for what is not an image. */
function toImageName(uri: string): string | undefined {
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(uri);
    if (type !== "docker" && type !== "oci") return undefined;
    const repository = qualifiers?.repository_url ?? [namespace, name].filter(Boolean).join("/");
    const tag = type === "docker" ? version : qualifiers?.tag;
    return tag && !tag.startsWith("sha256:") ? `${repository}:${tag}` : repository;
  } catch {
    return undefined;
  }
}
