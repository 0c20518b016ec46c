import { expect, it } from "vitest";
import {
  condenseCondaRecord,
  MAX_CONDA_DEPENDENCIES,
  MAX_CONDA_DEPENDENCY,
  MAX_CONDA_PATH_LENGTH,
  MAX_CONDA_WORD,
  parseCondaRecord,
  toCondaName,
} from "./conda-record.ts";

const toBytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
const NUMPY = {
  ...{ name: "numpy", version: "1.26.4", build: "py311h1_0", build_number: 0, subdir: "linux-64" },
  channel: "https://conda.anaconda.org/conda-forge/linux-64",
  depends: ["python >=3.11,<3.12.0a0", "__glibc >=2.17", 7],
  files: ["bin/f2py", "lib/python3.11/site-packages/numpy/__init__.py"],
  paths_data: { paths: [{ _path: "bin/f2py", sha256: "00", size_in_bytes: 1 }] },
  requested_spec: "numpy=1.26",
};

it("a record has the package, its files and dependencies, and is the same when it is condensed", () => {
  const { value, problems } = parseCondaRecord(toBytes(NUMPY));
  expect(value).toEqual({
    ...{ name: "numpy", version: "1.26.4", build: "py311h1_0", channel: "conda-forge", subdir: "linux-64" },
    depends: ["python >=3.11,<3.12.0a0", "__glibc >=2.17"],
    files: NUMPY.files,
    isRequested: true,
  });
  expect(problems).toEqual([]);
  const condensed = condenseCondaRecord(toBytes(NUMPY))!;
  expect(parseCondaRecord(condensed)).toEqual({ value, problems });
  expect(condensed.length).toBeLessThan(toBytes(NUMPY).length);
});

it("a damaged record is one problem", () => {
  for (const body of ["{", "[]", '{"name":"../x"}', "{}"]) {
    const { value, problems } = parseCondaRecord(new TextEncoder().encode(body));
    expect([value, problems.length]).toEqual([undefined, 1]);
    expect(condenseCondaRecord(new TextEncoder().encode(body))).toBeUndefined();
  }
});

it("words, paths and dependencies have maxima", () => {
  const [word, path, spec] = [MAX_CONDA_WORD, MAX_CONDA_PATH_LENGTH, MAX_CONDA_DEPENDENCY].map((max) =>
    "a".repeat(max + 1),
  );
  const long = { name: "a", version: word, files: [path, "b"], depends: [spec, "c"] };
  expect(parseCondaRecord(toBytes(long)).value).toMatchObject({ version: "", files: ["b"], depends: ["c"] });
  const many = { name: "a", depends: Array(MAX_CONDA_DEPENDENCIES + 1).fill("b") };
  expect(parseCondaRecord(toBytes(many)).problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
});

it.each([
  ["python >=3.11,<3.12.0a0", "python"],
  ["conda-forge::Tzdata", "tzdata"],
  ["libgcc-ng=11", "libgcc-ng"],
  ["numpy[version='>=1']", "numpy"],
  ["__unix", ""],
])("%s asks for %j", (depends, name) => {
  expect(toCondaName(depends)).toBe(name);
});
