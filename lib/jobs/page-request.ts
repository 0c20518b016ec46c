import { UsageError } from "#lib/model/problem.ts";
import { isReachable } from "#lib/model/rights.ts";
import { checkRequest, newRequest, spellReference } from "#lib/scan/new-request.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What pages may ask for if STRATIGRAPH_SOURCES does not say it: on the loopback address, and for a server that others reach. */
const DEFAULT_SOURCES = { loopback: "remote machine", open: "remote" };
/** What `machine` stands for: this machine's engine and its own stores, and no path that a visitor names. */
const MACHINE_SOURCES = /^(docker-daemon:.*|nix-store:|guix-store:)$/;

const PULL = /^(?:\$\s*)?(?:sudo\s+)?(?:docker|podman|nerdctl|crane)\s+(?:image\s+)?pull\s+/;
/** Options of `docker pull` that change nothing here. */
const IDLE_OPTIONS = new Set(["-q", "--quiet"]);

/**
 * The scan that a person asked for on a page: an image of a registry as `docker pull` takes it, or that whole command, or a source
 * with its transport. Throws UsageError if it is misspelt or not allowed there.
 */
export function parsePageRequest(
  text: string,
  environment: Environment = process.env,
  chosenPlatform?: string,
): ScanRequest {
  const { source, access, platform = chosenPlatform } = parsePageText(text, environment);
  const request = newRequest(source, access, platform);
  checkRequest(request);
  return request;
}

/** The source that a person typed, perhaps not to its end, and what it may reach. Throws UsageError if it is not allowed. */
export function parsePageText(text: string, environment: Environment = process.env) {
  const { reference, platform } = parsePull(text);
  const source = spellReference(reference);
  return { source, access: toPageAccess(source, environment), platform };
}

function parsePull(text: string): { reference: string; platform: string | undefined } {
  const words = text.trim().replace(PULL, "").split(/\s+/);
  let platform: string | undefined;
  const references: string[] = [];
  while (words.length > 0) {
    const word = words.shift()!;
    if (word === "--platform") platform = words.shift() ?? "";
    else if (word.startsWith("--platform=")) platform = word.slice("--platform=".length);
    else if (!IDLE_OPTIONS.has(word)) references.push(word);
  }
  const [reference = ""] = references;
  if (references.length === 1 && reference !== "" && !reference.startsWith("-")) return { reference, platform };
  throw new UsageError(`expected one image, for example docker.io/library/nginx:1.27`);
}

/**
 * STRATIGRAPH_SOURCES lists what pages may ask for: `remote` (any registry or cache), `machine` (this machine's engine and stores),
 * `all` (also its files), or the beginnings of sources. A server that others can reach does not lead them into its network, unless a
 * beginning names the place.
 */
export function toPageAccess(source: string, environment: Environment): ScanRequest["access"] {
  const entries = listAllowed(environment);
  const access = { baseDir: "/", hasStdin: false, allowed: "remote" } as const;
  if (entries.includes("all")) return { ...access, allowed: "all" };
  if (entries.includes("machine") && MACHINE_SOURCES.test(source)) return { ...access, allowed: "all" };
  if (entries.some((entry) => isBelow(source, entry))) return { ...access, reach: "named" };
  if (entries.includes("remote")) return { ...access, reach: isReachable(environment) ? "public" : "named" };
  throw new UsageError(`${source} is not allowed here; allowed are ${entries.join(", ")}`);
}

function listAllowed(environment: Environment): string[] {
  const text = environment.STRATIGRAPH_SOURCES || DEFAULT_SOURCES[isReachable(environment) ? "open" : "loopback"];
  return text.split(/[\s,]+/).filter((entry) => entry !== "");
}

/** Whether pages may ask for what this machine has. */
export function allowsMachine(environment: Environment = process.env): boolean {
  const entries = listAllowed(environment);
  return entries.includes("machine") || entries.includes("all");
}

/** Whole parts only: `docker://ghcr.io` does not allow `docker://ghcr.io.example.org`. */
function isBelow(source: string, beginning: string): boolean {
  return (
    source.startsWith(beginning) && (beginning.endsWith("/") || /^($|[/:@#])/.test(source.slice(beginning.length)))
  );
}
