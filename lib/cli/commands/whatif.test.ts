import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { UpdateAnswer, UpdateModel } from "#lib/model/update-cost.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const LAYOUT = sharedData("fleet-apt/oci-zstd");

interface Layer {
  readonly compressed: number;
  readonly filebytes: number;
}

/** Figures from GNU tar and umoci. */
interface Truth {
  readonly images: Record<string, { readonly manifest: string; readonly layers: readonly Layer[] }>;
}

/** Worked out with Python's tarfile: the contents of t-nginx's visible files, each once, and those that o-nginx has not. */
const FILES_OF_T_NGINX = 127_274_520;
const NEW_FILES_OF_T_NGINX = 25_377_286;
/** The same of deb13 against deb13o. */
const NEW_FILES_OF_DEB13 = 24_937_385;
/** The eight packages that differ between the bases, by their version in the older one. */
const UPDATED = ["libc6", "libc-bin", "tzdata"];

describe.skipIf(LAYOUT === undefined)("the update of a base of Debian under nginx", () => {
  const { images: truth } = JSON.parse(readFileSync(sharedData("fleet-apt/truth.json")!, "utf8")) as Truth;
  const place = makeTestPlace();
  const run = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  const idOf = (name: string) => toArtifactId(truth[name]!.manifest);
  const sumOf = (layers: readonly Layer[], size: keyof Layer) => layers.reduce((sum, layer) => sum + layer[size], 0);
  const bytesOf = (models: UpdateAnswer["models"], model: UpdateModel) => {
    const { storeBytes, pullBytes, estimated } = models.find((figure) => figure.model === model)!;
    return [storeBytes, pullBytes, estimated];
  };
  let old: string[];
  let exact: UpdateAnswer;

  beforeAll(async () => {
    await run("scan", `oci:${LAYOUT}`);
    const { holders } = await run<{ holders: { id: string; version: string }[] }>("whatif", "holders", ...UPDATED);
    const newer = await run<{ nodes: { id: string }[] }>("closure", "deb13");
    const ids = new Set(newer.nodes.map(({ id }) => id));
    old = [...new Set(holders.map(({ id }) => id))].filter((id) => !ids.has(id));
    exact = await run<UpdateAnswer>("whatif", "update", ...old, "--in", "o-nginx", "--to", "t-nginx");
  }, 120_000);

  it("is measured: no layer in common, and by file only what differs", async () => {
    expect(old.length).toBe(UPDATED.length);
    expect(exact.affected).toEqual([idOf("o-nginx")]);
    expect(exact.artifacts[0]).toMatchObject({ to: { id: idOf("t-nginx"), name: "t-nginx" }, models: exact.models });
    const { layers } = truth["t-nginx"]!;
    const all = [sumOf(layers, "filebytes"), sumOf(layers, "compressed"), false];
    expect(bytesOf(exact.models, "layers")).toEqual(all);
    expect(bytesOf(exact.models, "changed-layers")).toEqual(all);
    expect(bytesOf(exact.models, "file")[0]).toBe(NEW_FILES_OF_T_NGINX);
    const { rungs } = await run<Pick<SavingsAnswer, "rungs">>("savings", "o-nginx", "t-nginx");
    const marginal = (name: string) => rungs.find(({ rung }) => rung === name)!.marginal[1];
    for (const model of ["package", "file", "chunk"] as const)
      expect(bytesOf(exact.models, model)[0], model).toBe(marginal(model));
    expect(FILES_OF_T_NGINX - NEW_FILES_OF_T_NGINX).toBe(101_897_234);
    // All four images: what layers share beyond nothing is less than files do by 107 MB.
    const all4 = await run<Pick<SavingsAnswer, "rungs">>("savings", "deb13", "deb13o", "t-nginx", "o-nginx");
    const needed = (name: string) => all4.rungs.find(({ rung }) => rung === name)!.bytes!;
    expect(needed("layer") - needed("file")).toBe(107_731_553);
  });

  it("pulls only the new base if the image is rebased, which stores its own layer again on a disk", () => {
    const [base] = truth.deb13!.layers;
    const [, own] = truth["o-nginx"]!.layers;
    expect(bytesOf(exact.models, "rebase")).toEqual([base!.filebytes + own!.filebytes, base!.compressed, true]);
  });

  it("is worse in a store that builds again all that needs libc than by package", () => {
    const [inputs, grafts, byPackage] = (["input-addressed", "grafts", "package"] as const).map((model) =>
      bytesOf(exact.models, model),
    );
    expect(inputs![0]).toBeGreaterThan(byPackage![0] as number);
    expect(grafts![0]).toBe(inputs![0]);
    expect(grafts![1]).toBeLessThan(inputs![1] as number);
  });

  it("counts what several images need once", async () => {
    const both = ["--in", "o-nginx", "deb13o", "--to", "t-nginx", "deb13"];
    const { models, artifacts } = await run<UpdateAnswer>("whatif", "update", ...old, ...both);
    expect(artifacts.map(({ models: own }) => bytesOf(own, "file")[0])).toEqual([
      NEW_FILES_OF_T_NGINX,
      NEW_FILES_OF_DEB13,
    ]);
    for (const model of ["layers", "changed-layers"] as const)
      expect(bytesOf(models, model)).toEqual(bytesOf(exact.models, model));
    // The base is built again, and its image rebased on it.
    expect(bytesOf(models, "rebase")).toEqual(bytesOf(exact.models, "rebase"));
    expect(bytesOf(artifacts[1]!.models, "rebase")).toEqual([null, null, true]);
  });

  it("is estimated by the graph where nothing was scanned after it, in all artifacts that have the component", async () => {
    const [libc] = old.filter((id) => id.includes("/libc6@"));
    const { affected, artifacts, models } = await run<UpdateAnswer>("whatif", "update", libc!);
    expect(affected).toEqual([idOf("deb13o"), idOf("o-nginx")]);
    expect(models.every(({ estimated }) => estimated)).toBe(true);
    const closure = await run<{ nodes: { id: string; selfSize: number }[] }>("closure", "o-nginx");
    const { selfSize } = closure.nodes.find(({ id }) => id === libc)!;
    const { layers } = truth["o-nginx"]!;
    const own = artifacts[1]!.models;
    expect(bytesOf(own, "layers")).toEqual([sumOf(layers, "filebytes"), sumOf(layers, "compressed"), true]);
    expect(bytesOf(own, "changed-layers")).toEqual([layers[0]!.filebytes, layers[0]!.compressed, true]);
    expect(bytesOf(own, "rebase")).toEqual([sumOf(layers, "filebytes"), layers[0]!.compressed, true]);
    expect(bytesOf(own, "package")[0]).toBe(selfSize);
    expect(bytesOf(models, "package")[0]).toBe(selfSize);
  });

  it("takes what its name became as the artifact after it, and says of each figure how it is known", async () => {
    await run("scan", "--name", "moving", `oci:${LAYOUT}:o-nginx`);
    await run("scan", "--name", "moving", `oci:${LAYOUT}:t-nginx`);
    const { affected, artifacts, models } = await run<UpdateAnswer>("whatif", "update", ...old);
    expect(affected).toEqual([idOf("deb13o"), idOf("o-nginx")]);
    expect(artifacts.map(({ to }) => to?.id)).toEqual([undefined, idOf("t-nginx")]);
    expect(artifacts[1]!.models).toEqual(exact.models);
    // Together they are one measured and one estimated.
    expect(models.map(({ estimated }) => estimated)).toEqual(models.map(() => true));
  });

  it("is printed as tables, and wrong questions get one line", async () => {
    const print = (...args: string[]) => runCli(["whatif", ...args], { databaseUrl: place.database.url });
    const { stdout } = await print("update", "libc6", "--in", "o-nginx", "--to", "t-nginx");
    expect(stdout).toMatch(/^Layers, as built +125\.4 MiB +42\.6 MiB +measured$/m);
    expect(stdout).toMatch(/^With a store by inputs, [\d.]+ MiB less has to be stored again than with layers\.$/m);
    expect((await print("holders", "nginx")).stdout).toContain("2 artifacts in all");
    for (const args of [
      ["update", "libc6", "--to", "t-nginx"],
      ["update", "libc6", "--in", "o-nginx", "--to", "t-nginx", "deb13"],
      ["update", "nothing-like-it"],
    ]) {
      const { status, stderr } = await print(...args);
      expect([status, stderr.trimEnd().split("\n").length], args.join(" ")).toEqual([2, 1]);
    }
  });
});
