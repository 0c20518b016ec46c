import { execFileSync, spawnSync } from "node:child_process";
import type { UnownedFiles } from "#lib/model/unowned-class.ts";
import { type Figure, mebibytes } from "../measure-run.ts";
import { empty, PROJECT, scan } from "../scans.ts";
import { buildImage } from "./build-image.ts";
import { RECIPES } from "./recipes.ts";

const PROGRAMS = ["mmdebstrap", "umoci", "rpmbuild", "rpm"];

/** The share of an image's bytes that neither a component nor a class of files explains. */
const MAX_UNEXPLAINED = 0.02;

interface Shown {
  readonly nodeCount: number;
  readonly rootfsSize: number;
  readonly unowned?: readonly UnownedFiles[];
}

/** Ten ordinary images, and how much of each nothing explains. They are built once, in some minutes. */
export async function benchExplained(folder: string, url: string): Promise<Figure[]> {
  const missing = PROGRAMS.filter((program) => spawnSync(program, ["--version"]).error !== undefined);
  if (missing.length > 0 || process.getuid?.() !== 0) {
    const value = `not measured: apt-get install ${PROGRAMS.join(" ")}, and be root`;
    return [{ what: "explained: all figures", value, budget: "", within: undefined }];
  }
  await empty(url);
  const figures: Figure[] = [];
  for (const recipe of RECIPES) {
    await scan(`oci:${buildImage(folder, recipe)}`, url, "--name", recipe.name);
    figures.push(toFigure(recipe.name, show(recipe.name, url)));
  }
  return figures;
}

function show(name: string, url: string): Shown {
  const args = ["bin/stratigraph.mjs", "show", name, "--json"];
  const out = execFileSync(process.execPath, args, { cwd: PROJECT, env: { ...process.env, DATABASE_URL: url } });
  return JSON.parse(out.toString()) as Shown;
}

function toFigure(name: string, { nodeCount, rootfsSize, unowned = [] }: Shown): Figure {
  const bytes = unowned.reduce((sum, each) => sum + each.bytes, 0);
  const other = unowned.find((each) => each.class === "other");
  const share = (other?.bytes ?? 0) / rootfsSize;
  const largest = other === undefined ? "" : `, the largest ${other.largest.path}`;
  return {
    what: `explained: ${name}, ${mebibytes(rootfsSize)}, ${nodeCount} nodes; without a package ${percent(bytes / rootfsSize)}`,
    value: `${percent(share)} in no class${largest}`,
    budget: `≤ ${percent(MAX_UNEXPLAINED)}`,
    within: share <= MAX_UNEXPLAINED,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
