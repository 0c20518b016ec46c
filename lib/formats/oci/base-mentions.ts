import { BASE_DIGEST, BASE_NAME } from "#lib/model/attached.ts";
import { cutText } from "#lib/model/cut-text.ts";
import { type Digest, parseDigest } from "#lib/model/digest.ts";

/** UTF-16 units kept of a base image's name: longer than any registry accepts. */
export const MAX_BASE_NAME = 1024;

/** A base image as an image itself names it. */
export interface BaseMention {
  /** "" if only its digest is given. */
  readonly name: string;
  /** `null` if only its name is given. */
  readonly digest: Digest | null;
}

/**
 * The base images that a manifest's annotations and a config's labels name (image-spec `annotations.md`, "Pre-Defined Annotation
 * Keys"), each once. Builders write "" for an image without a base. Labels may be those of the base, which named its own.
 */
export function listBaseMentions(
  annotations: Readonly<Record<string, string>>,
  labels: readonly { readonly name: string; readonly value: string }[],
): BaseMention[] {
  const labelled = new Map(labels.map(({ name, value }) => [name, value]));
  const mentions = [
    toMention(annotations[BASE_NAME], annotations[BASE_DIGEST]),
    toMention(labelled.get(BASE_NAME), labelled.get(BASE_DIGEST)),
  ].filter(({ name, digest }) => name !== "" || digest !== null);
  return [...new Map(mentions.map((mention) => [`${mention.name} ${mention.digest}`, mention])).values()];
}

function toMention(name = "", digest = ""): BaseMention {
  return { name: cutText(name, MAX_BASE_NAME), digest: parseDigest(digest) ?? null };
}
