import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import { splitImageName } from "#lib/sources/images/image-path.ts";

/** Where images are to be written, as the user named it. */
export interface ImageTarget {
  readonly kind: "layout" | "archive";
  /** As the user wrote it. */
  readonly shown: string;
  readonly path: string;
  /** The name of the image, instead of its own. */
  readonly imageName: string | undefined;
}

const SPELLINGS = ["oci:DIR[:NAME]", "oci-archive:FILE[:NAME]"];

/** Parses `-o`. Throws UsageError. */
export function parseTarget(text: string, environment: SourceEnvironment): ImageTarget {
  const [transport, rest] = splitOnce(text);
  if (transport === "oci" && rest !== "") return toImageTarget("layout", text, rest, environment);
  if (transport === "oci-archive" && rest !== "") return toImageTarget("archive", text, rest, environment);
  throw new UsageError(`-o ${text}: expected`, SPELLINGS);
}

/** As containers-transports(5) does, the path of a new file ends at the first colon. */
function toImageTarget(
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

function splitOnce(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  return colon === -1 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}
