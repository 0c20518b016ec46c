import { expect, it } from "vitest";
import { RootReason } from "#lib/model/root-reason.ts";
import { viewPackages } from "#testing/builders/packages.ts";

function record(name: string, fields: object = {}): string {
  const common = {
    version: "1",
    build: "0",
    channel: "https://conda.anaconda.org/conda-forge/noarch",
    subdir: "noarch",
  };
  return JSON.stringify({ name, ...common, depends: [], files: [], ...fields });
}

const SITE = "lib/python3.11/site-packages";
const ENVIRONMENT = {
  "opt/conda/conda-meta/history": "",
  "opt/conda/conda-meta/python-3.11.9-0.json": record("python", { version: "3.11.9", files: ["bin/python3.11"] }),
  "opt/conda/conda-meta/numpy-1-0.json": record("numpy", {
    depends: ["python >=3.11", "__glibc >=2.17", "gone"],
    files: [`${SITE}/numpy-1.dist-info/METADATA`, `${SITE}/numpy/x.py`],
    requested_spec: "numpy",
  }),
  "opt/conda/bin/python3.11": "elf",
  [`opt/conda/${SITE}/numpy-1.dist-info/METADATA`]: "Name: numpy\nVersion: 1\n",
  [`opt/conda/${SITE}/numpy/x.py`]: "1",
  [`opt/conda/${SITE}/mine-1.dist-info/METADATA`]: "Name: mine\nVersion: 1\nRequires-Dist: NumPy\n",
};

it("a conda environment has a component for each record, with its files; pip's packages in it need conda's", () => {
  const image = viewPackages(ENVIRONMENT);
  const [numpy, python, mine] = ["numpy-1-0.json", "python-3.11.9-0.json", "mine-1.dist-info"].map((name) =>
    image.names.find((each) => each.endsWith(name)),
  ) as [string, string, string];
  expect(image.found.components.slice(0, 2).map(({ identity }) => identity)).toEqual([
    "pkg:conda/numpy@1?build=0&channel=conda-forge&subdir=noarch",
    "pkg:conda/python@3.11.9?build=0&channel=conda-forge&subdir=noarch",
  ]);
  expect([`opt/conda/${SITE}/numpy/x.py`, "opt/conda/bin/python3.11"].map(image.ownerOf)).toEqual([numpy, python]);
  expect(image.edges).toEqual([
    `${numpy} → ${python} [depends: python >=3.11]`,
    `${mine} → ${python} [runs on opt/conda/bin/python3.11]`,
    `${mine} → ${numpy} [Requires-Dist: NumPy]`,
  ]);
  expect(image.messages).toEqual([`${numpy}: numpy 1: nothing installed satisfies depends: gone`]);
  expect(image.found.roots.map((root, i) => [image.names[root], image.found.rootReasons[i]])).toEqual([
    [numpy, RootReason.named],
    [mine, RootReason.unreferred],
  ]);
});
