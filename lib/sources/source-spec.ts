import { existsSync } from "node:fs";
import { UsageError } from "#lib/model/problem.ts";

/** A source as the user spelled it, taken apart (spelling: containers-transports(5), where it has a word). */
export type SourceSpec = ImageSpec | StoreSpec;

export type ImageSpec =
  | { readonly transport: "docker-archive" | "oci" | "oci-archive"; readonly path: string; readonly imageName?: string }
  | { readonly transport: "docker-archive-stdin" };

export interface StoreSpec {
  readonly transport: "nix-store" | "guix-store";
  /** The directory that stands for `/`, one that holds `db.sqlite`, or that file. */
  readonly path: string;
}

const FORMS = [
  "docker-archive:PATH[:NAME]",
  "docker-archive:-",
  "oci:DIR[:NAME]",
  "oci-archive:PATH[:NAME]",
  "nix-store:[ROOT]",
  "guix-store:[ROOT]",
];

/** Takes a source apart; `fromUser` turns the path as written into ours. Throws UsageError. */
export function parseSource(text: string, fromUser: (path: string) => string): SourceSpec {
  const cut = text.indexOf(":");
  const transport = text.slice(0, Math.max(cut, 0));
  const rest = text.slice(cut + 1);
  switch (transport) {
    case "docker-archive":
    case "oci":
    case "oci-archive":
      return parseImageSource(transport, rest, fromUser);
    case "nix-store":
    case "guix-store":
      return { transport, path: fromUser(rest === "" ? "/" : rest) };
    default:
      throw new UsageError(`${text}: no such source; a source is spelled`, FORMS);
  }
}

function parseImageSource(
  transport: "docker-archive" | "oci" | "oci-archive",
  rest: string,
  fromUser: (path: string) => string,
): ImageSpec {
  if (rest === "")
    throw new UsageError(`${transport}: names no file`, [FORMS.find((form) => form.startsWith(`${transport}:`))!]);
  if (transport === "docker-archive" && rest === "-") return { transport: "docker-archive-stdin" };
  const { path, imageName } = splitName(rest, fromUser);
  return { transport, path: fromUser(path), imageName };
}

/** File names may hold colons: the longest beginning that exists is the path, the rest the image's name. */
function splitName(rest: string, fromUser: (path: string) => string): { path: string; imageName?: string } {
  for (let cut = rest.length; cut > 0; cut = rest.lastIndexOf(":", cut - 1)) {
    const path = rest.slice(0, cut);
    if (existsSync(fromUser(path))) return { path, imageName: cut < rest.length ? rest.slice(cut + 1) : undefined };
  }
  return { path: rest };
}
