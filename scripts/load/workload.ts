import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { diffPath, overlapPath, savingsPath } from "#components/set/set-address.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import { buildSampleImages } from "#lib/sources/samples/build-samples.ts";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { run } from "../faults/command.ts";
import type { LoadRequest } from "./clients.ts";

/** Paths of the store, and references between them: enough for groups in its graph. */
const STORE = { seed: 1, pathCount: 2000, referenceCount: 12_000, flavour: "nix" } as const;

/** The pages' subjects: images and a closure by digest, as in links, and the id of a report. */
export interface Scanned {
  readonly images: readonly string[];
  readonly closure: string;
  readonly report: string;
}

/** Scans the three sample images, made of the packages installed here, and a generated store; saves one report. */
export async function scanWorkload(home: string): Promise<Scanned> {
  const root = join(home, "store");
  mkdirSync(join(root, "nix/var/nix/db"), { recursive: true });
  writeGeneratedStore(join(root, "nix/var/nix/db/db.sqlite"), STORE);
  await must(home, ["scan", `oci:${await buildSampleImages(home)}`, `nix-store:${root}`]);
  const { artifacts } = JSON.parse(await must(home, ["list", "--json"])) as {
    artifacts: { id: string; kind: string }[];
  };
  const idsOf = (kind: string) =>
    artifacts.filter((artifact) => artifact.kind === kind).map(({ id }) => shortDigest(id));
  const [images, [closure = ""]] = [idsOf("image"), idsOf("closure")];
  const report = JSON.parse(await must(home, ["report", "diff", images[0]!, images[1]!, "--json"])) as { id: string };
  return { images, closure, report: report.id };
}

async function must(home: string, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(home, args);
  if (status !== 0) throw new Error(`stratigraph ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Every main page with its usual actions; all respond with 200. */
export function listRequests({ images, closure, report }: Scanned): LoadRequest[] {
  const [a = "", b = ""] = images;
  const everything = [...images, closure];
  const diff = diffPath(a, b);
  const overlap = overlapPath(images);
  return [
    { page: "/", path: "/" },
    { page: "/", path: "/?kind=image&sort=bytes&direction=asc", withinApp: true },
    { page: "/artifacts/ID", path: `/artifacts/${a}` },
    { page: "/artifacts/ID", path: `/artifacts/${b}?open=app&open=app%2Fnode_modules&sort=self`, withinApp: true },
    { page: "/artifacts/ID", path: `/artifacts/${closure}` },
    { page: "/artifacts/ID/graph", path: `/artifacts/${a}/graph` },
    { page: "/artifacts/ID/graph", path: `/artifacts/${closure}/graph?node=1`, withinApp: true },
    { page: "/artifacts/ID/graph?view=focus", path: `/artifacts/${closure}/graph?view=focus&node=1` },
    { page: "/artifacts/ID/why", path: `/artifacts/${a}/why/0`, byIndex: true },
    { page: "/artifacts/ID/why", path: `/artifacts/${closure}/why/7`, byIndex: true },
    { page: "/compare", path: "/compare" },
    { page: "/compare?a&b", path: diff },
    { page: "/compare?a&b", path: `${diff}&change=changed&sort=delta&filesort=path`, withinApp: true },
    { page: "/compare?in", path: overlap },
    { page: "/compare?in", path: overlapPath(images, { cell: [0, 1], rung: "layer" }), withinApp: true },
    { page: "/compare?in", path: overlapPath(everything, { rung: "package" }) },
    { page: "/compare/graph", path: diff.replace("/compare", "/compare/graph") },
    { page: "/compare/map", path: diff.replace("/compare", "/compare/map/section") },
    { page: "/compare/map", path: diff.replace("/compare", "/compare/map/nodes") },
    { page: "/savings", path: savingsPath(images) },
    { page: "/savings", path: savingsPath(everything), withinApp: true },
    { page: "/reports", path: "/reports" },
    { page: "/r/ID", path: `/r/${report}` },
    { page: "/r/ID/export", path: `/r/${report}/export/html` },
    { page: "/docs", path: "/docs" },
    { page: "*.csv", path: `/artifacts/${a}/nodes.csv` },
    { page: "/artifacts/ID/export", path: `/artifacts/${a}/export?format=cyclonedx` },
    { page: "/artifacts/ID/map", path: `/artifacts/${a}/map/section?shape=wide` },
    { page: "/artifacts/ID/map", path: `/artifacts/${a}/map/nodes` },
    { page: "*.csv", path: diff.replace("/compare", "/compare/components.csv") },
  ];
}

/** All pages in turn; each client starts at a different one, so that the mix is the same at any moment. `round`: from 0. */
export function mixRequests(scanned: Scanned, round = 0): (client: number, turn: number) => LoadRequest {
  const requests = listRequests(scanned);
  return (client, turn) =>
    turn % UNIQUE_EVERY === UNIQUE_EVERY - 1
      ? toUniqueRequest(scanned, client, round * MAX_TURNS + turn)
      : requests[(client * CLIENT_STRIDE + turn) % requests.length]!;
}

/** More requests than a client can send in one round. */
const MAX_TURNS = 1_000_000;
/** Distance between two clients' first requests: prime to the number of pages. */
const CLIENT_STRIDE = 7;
/** One of this many requests of a client has a URL that was not requested before. */
const UNIQUE_EVERY = 4;

/** A search or a filter not requested before: caches keyed by URL grow with these. */
function toUniqueRequest({ images }: Scanned, client: number, turn: number): LoadRequest {
  const text = `r${client}x${turn}`;
  const kinds: LoadRequest[] = [
    { page: "/search", path: `/search?q=${text}` },
    { page: "/", path: `/?q=${text}` },
    { page: "/artifacts/ID", path: `/artifacts/${images[0]}?q=${text}`, withinApp: true },
    { page: "/compare/artifacts", path: `/compare/artifacts?q=${text}` },
  ];
  return kinds[Math.floor(turn / UNIQUE_EVERY) % kinds.length]!;
}
