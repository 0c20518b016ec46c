import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, seconds } from "./measure-run.ts";
import { startProduct } from "./product.ts";

const BUDGET = 3000;

/** `npm start` with everything built and scanned. The first start builds the pages if necessary. */
export async function benchStart(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-bench-start-"));
  const start = () => startProduct(["npm", "start", "--silent"], { STRATIGRAPH_DATA: home, DATABASE_URL: "" });
  try {
    await (await start()).stop();
    const again = await start();
    await again.stop();
    return [
      {
        what: "npm start again, to the address",
        value: seconds(again.milliseconds),
        budget: "≤ 3 s",
        within: again.milliseconds <= BUDGET,
      },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
