import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_REQUIREMENTS } from "./metadata.ts";
import { MAX_PYPROJECT_LENGTH, parsePyproject, parseRequirementsFile } from "./project.ts";

describe("pyproject.toml", () => {
  it("describes a project, by the specification or as Poetry has it", () => {
    const text = '[project]\nname = "A.b"\nversion = "1.0"\ndependencies = ["c>=1", 3, "not a requirement !"]\n';
    expect(parsePyproject(text)).toEqual({
      value: { name: "A.b", version: "1.0", requirements: ["c>=1"] },
      problems: [],
    });
    const poetry =
      '[tool.poetry]\nname = "a"\nversion = "2"\n[tool.poetry.dependencies]\npython = "^3"\nc = { git = "x" }\n';
    expect(parsePyproject(poetry).value).toEqual({ name: "a", version: "2", requirements: ["c"] });
  });

  it("of a tool alone has neither name nor version; one that is not TOML is a problem", () => {
    const none = { name: "", version: "", requirements: [] };
    for (const text of ["", "[tool.black]\nx = 1", 'project = "x"', '[project]\nname = "../x"\nversion = 1'])
      expect(parsePyproject(text)).toEqual({ value: none, problems: [] });
    expect(parsePyproject("[").problems).toMatchObject([{ message: "is not TOML" }]);
    expect(parsePyproject("[".repeat(500_000)).problems).toHaveLength(1);
    const long = parsePyproject(" ".repeat(MAX_PYPROJECT_LENGTH + 1));
    expect(long).toMatchObject({ value: undefined, problems: [{ code: "limit-exceeded" }] });
  });
});

describe("requirements.txt", () => {
  it("lists requirements, without options, comments, paths and addresses", () => {
    const text =
      "# all\na==1 \\\n    --hash=sha256:00 \\\nb[x]>=2 ; python_version < '4' # why\n-r c.txt\n-e .\n./d\n\n";
    expect(parseRequirementsFile(text)).toEqual({ value: ["a==1", "b[x]>=2 ; python_version < '4'"], problems: [] });
  });

  it("beyond the limit is cut, and says so", () => {
    const { value, problems } = parseRequirementsFile("a\n".repeat(MAX_REQUIREMENTS + 2));
    expect([value.length, problems]).toMatchObject([MAX_REQUIREMENTS, [{ code: "limit-exceeded" }]]);
  });
});

it("no text makes the parsers throw", () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom("[project]\n", 'name = "a"\n', "[tool.poetry]\n", "dependencies = ["),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join("");
      const { value, problems } = parsePyproject(text);
      expect(value !== undefined || problems.length > 0).toBe(true);
      expect(parseRequirementsFile(text).value).toBeInstanceOf(Array);
    }),
  );
});
