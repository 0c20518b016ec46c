import type { ArtifactKind } from "#lib/model/artifact-label.ts";
import type { NameVersion, VersionOrder, VersionSeries, VersionsAnswer } from "#lib/model/name-version.ts";
import { artifactKind } from "./artifact-kind.ts";
import { formatCounted } from "./bytes.ts";

/** `images for linux/amd64`. */
export function seriesWords({ kind, platform }: Pick<VersionSeries, "kind" | "platform">): string {
  const kinds: Readonly<Record<ArtifactKind, string>> = {
    image: "images",
    closure: "closures",
    sbom: `${artifactKind({ kind: "sbom" })}s`,
  };
  return platform === "" ? kinds[kind] : `${kinds[kind]} for ${platform}`;
}

export const ORDER_WORDS: Readonly<Record<VersionOrder, string>> = {
  created: "by when the images were made",
  scanned: "by when they were scanned",
};

/** `3 versions, by when they were scanned`. */
export function versionsWords({ count, scope, order }: Pick<VersionsAnswer, "count" | "scope" | "order">): string {
  const counted = formatCounted(count, "version");
  return scope === "name"
    ? `${counted}, in the order in which the name referred to them`
    : `${counted}, ${ORDER_WORDS[order]}`;
}

/** Labels of a choice between both orders. */
export const ORDER_LABELS: Readonly<Record<VersionOrder, string>> = { created: "By creation", scanned: "By scan" };

/** The tag of one of a repository's names; the name itself if it has none. */
export function tagOf(name: string, repository: string | undefined): string {
  return repository === undefined || name === repository ? name : name.slice(repository.length).replace(/^[:@]/, "");
}

/** What is not known, for a note; `undefined` if everything is. */
export function unknownWords(versions: readonly NameVersion[]): string | undefined {
  return versions.some(({ since }) => since === null)
    ? "A version without a date under Since was scanned before names had a history: its name referred to it at the latest when it was last scanned."
    : undefined;
}

/** The moment that a version is placed at, in milliseconds since the epoch. */
export function versionTime({ created, since, seenAt }: NameVersion, order: VersionOrder): number {
  return (order === "created" ? created : since) ?? seenAt;
}
