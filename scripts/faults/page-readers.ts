import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { type CampaignOptions, checkAfter, newTally, type Tally } from "./campaign.ts";
import { PROJECT, run, start } from "./command.ts";
import { makeWorkload, type Workload } from "./workload.ts";

/** Concurrent readers, each requesting one page after the other. */
const READERS = 4;
/** Found, or removed while it was read. */
const RIGHT_ANSWERS = new Set([200, 404]);

/** `rm` beside a server whose pages are being read. `undefined` if the pages are not built. */
export async function removeBesidePages({ home, rounds }: CampaignOptions): Promise<Tally | undefined> {
  if (!existsSync(`${PROJECT}.next/BUILD_ID`)) return undefined;
  const tally = newTally("rm beside pages");
  const server = start(home, ["serve", "--json"], { HOST: "127.0.0.1", PORT: "0" });
  const url = await readAddress(server.child.stdout!);
  for (let round = 0; round < rounds; round++) {
    const workload = makeWorkload(`pages-${round}`);
    await run(home, ["scan", ...workload.sources]);
    const answers = await readWhile(pagesOf(url, workload), () => removeAndScan(home, workload));
    workload.remove();
    const wrong = answers.filter(({ status }) => !RIGHT_ANSWERS.has(status));
    tally.tried += answers.length;
    tally.hit += answers.filter(({ status }) => status === 404).length;
    tally.rightEnd += answers.length - wrong.length;
    const before = tally.intact;
    const after = (await checkAfter(home, tally)).filter((finding) => finding !== "");
    if (tally.intact > before) tally.intact = before + answers.length;
    const findings = [...wrong.map(({ status, page }) => `${page} answered ${status}`), ...after];
    tally.findings.push(...findings.map((finding) => `rm beside pages, round ${round}: ${finding}`));
  }
  server.child.kill("SIGTERM");
  await server.ending;
  return tally;
}

async function readAddress(output: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const line of createInterface({ input: output })) {
    text += line;
    const url = /"url": *"([^"]+)"/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("the server ended before it printed its address");
}

function pagesOf(url: string, { names }: Workload): string[] {
  const [first, second] = names.map(encodeURIComponent);
  return [
    `artifacts/${first}`,
    `artifacts/${second}/graph`,
    `artifacts/${second}/graph?view=focus`,
    `artifacts/${first}/around.csv`,
    `artifacts/${first}/nodes.csv`,
    `artifacts/${first}/export?format=spdx`,
    `artifacts/${first}/map/section?shape=wide`,
    `artifacts/${second}/map/nodes`,
    `compare?a=${first}&b=${second}`,
    `savings?in=${first},${second}`,
    "",
  ].map((path) => url + path);
}

async function removeAndScan(home: string, { sources, names }: Workload): Promise<void> {
  for (const name of names) await run(home, ["rm", name]);
  await run(home, ["scan", ...sources]);
  for (const name of names) await run(home, ["rm", name]);
}

interface PageAnswer {
  readonly page: string;
  readonly status: number;
}

/** Reads the pages repeatedly until `work` ends. */
async function readWhile(pages: readonly string[], work: () => Promise<void>): Promise<PageAnswer[]> {
  const answers: PageAnswer[] = [];
  let isDone = false;
  const reader = async (first: number) => {
    for (let i = first; !isDone; i++) {
      const page = pages[i % pages.length]!;
      const response = await fetch(page);
      await response.arrayBuffer();
      answers.push({ page: new URL(page).pathname, status: response.status });
    }
  };
  const readers = Promise.all(Array.from({ length: READERS }, (_, i) => reader(i)));
  await work().finally(() => {
    isDone = true;
  });
  await readers;
  return answers;
}
