import { expect, test } from "@playwright/test";
import { runRound } from "../scripts/load/clients.ts";
import { mixRequests } from "../scripts/load/workload.ts";
import { address } from "./address.ts";

// Does every page respond under many requests at once? `npm run load` runs longer, and measures memory.

const CLIENTS = 64;
const SECONDS = 8;

test("64 clients on every main page get no error", async ({ request }) => {
  const find = async (name: string): Promise<string> => {
    const { artifacts } = await (await request.get(address(`/search?q=${name}`))).json();
    return artifacts[0].digest.slice("sha256:".length, "sha256:".length + 12);
  };
  const images = await Promise.all(["sample-web", "sample-api", "sample-base"].map(find));
  const form = { question: "diff", in: images.slice(0, 2).join(",") };
  const shared = await request.post(address("/r"), { form, headers: { Origin: address("") }, maxRedirects: 0 });
  const report = shared.headers().location!.split("/").at(-1)!;
  // No store is scanned here, so an image takes its place.
  const scanned = { images, closure: images[0]!, report };
  const load = { clients: CLIENTS, seconds: SECONDS, toRequest: mixRequests(scanned) };
  const round = await runRound(address(""), load);
  expect([...round.errors]).toEqual([]);
  expect(round.requests).toBeGreaterThanOrEqual(CLIENTS);
});
