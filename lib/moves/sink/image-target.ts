import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import { splitImageName } from "#lib/sources/images/image-path.ts";
import { parseReference, type TagReference } from "#lib/sources/registry/reference.ts";

/** Where images are to be written, as the user named it. */
export type ImageTarget = FileTarget | RegistryTarget;

export interface RegistryTarget {
  readonly kind: "registry";
  readonly shown: string;
  readonly reference: TagReference;
}

export interface FileTarget {
  readonly kind: "layout" | "archive";
  /** As the user wrote it. */
  readonly shown: string;
  readonly path: string;
  /** The name of the image, instead of its own. */
  readonly imageName: string | undefined;
}

const SPELLINGS = ["oci:DIR[:NAME]", "oci-archive:FILE[:NAME]", "docker://HOST[:PORT]/REPO[:TAG]"];

/** Parses `-o`. Throws UsageError. */
export function parseTarget(text: string, environment: SourceEnvironment): ImageTarget {
  const [transport, rest] = splitOnce(text);
  if (transport === "oci" && rest !== "") return toFileTarget("layout", text, rest, environment);
  if (transport === "oci-archive" && rest !== "") return toFileTarget("archive", text, rest, environment);
  if (transport === "docker" && rest !== "") return toRegistryTarget(text, rest);
  throw new UsageError(`-o ${text}: expected`, SPELLINGS);
}

/** As containers-transports(5) does, the path of a new file ends at the first colon. */
function toFileTarget(
  kind: "layout" | "archive",
  shown: string,
  rest: string,
  environment: SourceEnvironment,
): ImageTarget {
  const existing = splitImageName(rest, environment);
  const isThere = environment.pathKind(environment.resolvePath(existing.path)) !== undefined;
  const [path, name] = isThere ? [existing.path, existing.imageName ?? ""] : splitOnce(rest);
  return { kind, shown, path: environment.resolvePath(path), imageName: name === "" ? undefined : name };
}

function toRegistryTarget(shown: string, rest: string): ImageTarget {
  const reference = parseReference(rest);
  if (reference.kind === "image" && "tag" in reference) return { kind: "registry", shown, reference };
  throw new UsageError(`-o ${shown}: expected one repository and a tag`, SPELLINGS.slice(-1));
}

function splitOnce(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  return colon === -1 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}
