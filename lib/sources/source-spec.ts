import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { nearestTexts } from "#lib/model/nearest-text.ts";
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

const TRANSPORTS = [...new Set(FORMS.map((form) => form.slice(0, form.indexOf(":"))))];

/** Where containers-transports(5) has images that we cannot fetch: their engine can save them. */
const KEPT_BY_ENGINES = new Set(["docker", "docker-daemon", "containers-storage", "podman"]);

/** What a directory is, by a file that it must have. */
const DIRECTORIES: readonly (readonly [mark: string, transport: string])[] = [
  ["oci-layout", "oci"],
  ["index.json", "oci"],
  ["nix/var/nix/db/db.sqlite", "nix-store"],
  ["var/guix/db/db.sqlite", "guix-store"],
];

/**
 * The source with its transport, which is guessed from what stands at that path where the user left it out. A text that leads
 * to nothing stays as it is.
 */
export function spellSource(text: string, fromUser: (path: string) => string): string {
  if (TRANSPORTS.includes(text.slice(0, Math.max(text.indexOf(":"), 0)))) return text;
  const transport = guessTransport(text, fromUser);
  return transport === undefined ? text : `${transport}:${text}`;
}

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
      throw unknownSource(text, { transport, rest });
  }
}

/** Says what was probably meant: most often a word with a letter too few. */
function unknownSource(
  text: string,
  { transport, rest }: { readonly transport: string; readonly rest: string },
): UsageError {
  if (KEPT_BY_ENGINES.has(transport)) {
    const saved = "docker save NAME | stratigraph scan docker-archive:-";
    return new UsageError(`${text}: images in engines and registries are not read; save this one first: ${saved}`);
  }
  const [near] = transport === "" ? [] : nearestTexts(transport, TRANSPORTS, 1);
  if (near !== undefined) return new UsageError(`${text}: did you mean ${near}:${rest}?`);
  return new UsageError(`${text}: no such source; a source is spelled`, FORMS);
}

/** The transport of what stands at this path; `undefined` where nothing does, or nothing that is read. */
function guessTransport(text: string, fromUser: (path: string) => string): string | undefined {
  if (text === "-") return "docker-archive";
  const path = fromUser(splitName(text, fromUser).path);
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isDirectory()) return "docker-archive";
  return DIRECTORIES.find(([mark]) => existsSync(join(path, mark)))?.[1];
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
