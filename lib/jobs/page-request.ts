import { UsageError } from "#lib/model/problem.ts";
import { isReachable } from "#lib/model/rights.ts";
import { checkRequest, newRequest, spellReference } from "#lib/scan/new-request.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What pages may ask for if STRATIGRAPH_SOURCES does not say it. */
const DEFAULT_SOURCES = "remote";

const PULL = /^(?:\$\s*)?(?:sudo\s+)?(?:docker|podman|nerdctl|crane)\s+(?:image\s+)?pull\s+/;
/** Options of `docker pull` that change nothing here. */
const IDLE_OPTIONS = new Set(["-q", "--quiet"]);

/**
 * The scan that a person asked for on a page: an image of a registry as `docker pull` takes it, or that whole command, or a source
 * with its transport. Throws UsageError if it is misspelt or not allowed there.
 */
export function parsePageRequest(text: string, environment: Environment = process.env): ScanRequest {
  const { reference, platform } = parsePull(text);
  const source = spellReference(reference);
  const request = newRequest(source, toAccess(source, environment), platform);
  checkRequest(request);
  return request;
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
 * STRATIGRAPH_SOURCES lists what pages may ask for: `remote` (any registry or cache), `all` (also this machine's files), or the
 * beginnings of sources. A server that others can reach does not lead them into its network, unless a beginning names the place.
 */
function toAccess(source: string, environment: Environment): ScanRequest["access"] {
  const entries = (environment.STRATIGRAPH_SOURCES || DEFAULT_SOURCES).split(/[\s,]+/).filter((entry) => entry !== "");
  const access = { baseDir: "/", hasStdin: false, allowed: "remote" } as const;
  if (entries.includes("all")) return { ...access, allowed: "all" };
  if (entries.some((entry) => isBelow(source, entry))) return { ...access, reach: "named" };
  if (entries.includes("remote")) return { ...access, reach: isReachable(environment) ? "public" : "named" };
  throw new UsageError(`${source} is not allowed here; allowed are ${entries.join(", ")}`);
}

/** Whole parts only: `docker://ghcr.io` does not allow `docker://ghcr.io.example.org`. */
function isBelow(source: string, beginning: string): boolean {
  return (
    source.startsWith(beginning) && (beginning.endsWith("/") || /^($|[/:@#])/.test(source.slice(beginning.length)))
  );
}
