import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_EXECUTABLES, MAX_GEM_DEPENDENCIES, MAX_GEM_NAME_LENGTH, parseGemspec } from "./gemspec.ts";
import { MAX_LOCKED, parseLockfile } from "./lockfile.ts";

const HEADER = "# -*- encoding: utf-8 -*-\n# stub: web 1.2.0 ruby lib\n\n";
const webWith = (lines: string) => parseGemspec(`${HEADER}Gem::Specification.new do |s|\n${lines}\nend\n`, "web-1.2.0");
const textsOf = (lines: string) => webWith(lines).value?.dependencies.map(({ text }) => text);

describe("a gemspec", () => {
  it("says name, version and platform in its stub line", () => {
    const { value, problems } = parseGemspec("# coding\n# stub: nokogiri 1.16.2 x86_64-linux lib\n", "other-1");
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ name: "nokogiri", version: "1.16.2", platform: "x86_64-linux" });
  });

  it("without a stub line says them in its assignments, else in its name", () => {
    const assigned = `Gem::Specification.new do |spec|\n  spec.name = "a-2"\n  spec.version = '1.0'.freeze\nend`;
    expect(parseGemspec(`\n\n${assigned}`, "a-2-1.0").value).toMatchObject({
      name: "a-2",
      version: "1.0",
      platform: "",
    });
    const computed = `\n\nGem::Specification.new do |s|\n  s.name = "b"\n  s.version = B::VERSION\nend`;
    expect(parseGemspec(computed, "b-c-1.0.rc1-java").value).toMatchObject({
      name: "b-c",
      version: "1.0.rc1",
      platform: "java",
    });
  });

  it.each(["", "no version here", "../a-1", `${"a".repeat(MAX_GEM_NAME_LENGTH + 1)}-1`])(
    "named %j without any is one problem",
    (name) => {
      const { value, problems } = parseGemspec("# stub: ../x 1 ruby lib\n", name);
      expect([value, problems.length]).toEqual([undefined, 1]);
    },
  );

  it("lists what the gem needs to run, in every spelling of RubyGems, once", () => {
    expect(
      textsOf(`  s.add_runtime_dependency(%q<rack>.freeze, ["~> 2.0".freeze, ">= 2.0.6".freeze])
  s.add_dependency(%q<rack>, ["~> 2.0", ">= 2.0.6"])
  s.add_runtime_dependency(%q<json>, [">= 0"])
  s.add_dependency "rexml", "1.0"
  s.add_dependency 'csv'
  s.add_development_dependency(%q<rake>.freeze, [">= 0".freeze])`),
    ).toEqual(["rack (~> 2.0, >= 2.0.6)", "json", "rexml (= 1.0)", "csv"]);
  });

  it("is data: what would have to be run is a problem each, and the rest is read", () => {
    const { value, problems } = webWith(`  s.add_dependency name, version
  s.add_dependency(%q<../x>, [">= 0"])
  s.add_dependency(%q<a>, ["newest"])
  s.add_dependency(%q<ok>, [">= 0"])`);
    expect([value?.dependencies.map(({ name }) => name), problems.length]).toEqual([["ok"], 3]);
  });

  it("lists its programs, which are names and no paths", () => {
    expect(webWith(`  s.executables = ["rake".freeze, "../../x".freeze]`).value?.executables).toEqual(["rake"]);
  });

  it("with more than the limits keeps those, and reports it", () => {
    const many = Array.from({ length: MAX_GEM_DEPENDENCIES + 1 }, (_, i) => `  s.add_dependency(%q<d${i}>, [">= 0"])`);
    const programs = Array.from({ length: MAX_EXECUTABLES + 1 }, (_, i) => `"p${i}"`);
    const { value, problems } = webWith(`${many.join("\n")}\n  s.executables = [${programs.join(", ")}]`);
    expect(value?.dependencies).toHaveLength(MAX_GEM_DEPENDENCIES);
    expect(value?.executables).toHaveLength(MAX_EXECUTABLES);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded", "limit-exceeded"]);
  });

  it("never makes the parser throw", () => {
    const piece = fc.constantFrom(
      "# stub: ",
      "s.add_dependency(",
      "%q<",
      ">",
      '"',
      "[",
      ">= 1",
      "\n",
      "  s.name = ",
      "a",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, text, (body, name) => {
        const { value, problems } = parseGemspec(body, name);
        expect(value !== undefined || problems.length > 0).toBe(true);
      }),
    );
  });
});

const LOCK = `GIT
  remote: https://example.org/x.git
  specs:
    x (0.1)

GEM
  remote: https://example.org/
  specs:
    nokogiri (1.16.2-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.3)
    rails (7.1.2)
      nokogiri (>= 1.8)

PLATFORMS
  x86_64-linux

DEPENDENCIES
  mine!
  nokogiri (~> 1.16)
  rails (>= 7, < 8)
  x!

BUNDLED WITH
   2.5.3
`;

describe("a Gemfile.lock", () => {
  it("says which gems the project asks for, and their versions", () => {
    expect(parseLockfile(LOCK)).toEqual({
      value: [
        { name: "mine", version: "" },
        { name: "nokogiri", version: "1.16.2" },
        { name: "rails", version: "7.1.2" },
        { name: "x", version: "0.1" },
      ],
      problems: [],
    });
  });

  it("with a line that is no dependency, or too many, is one problem", () => {
    expect(parseLockfile("DEPENDENCIES\n  ../a\n  b\n")).toMatchObject({ value: [{ name: "b" }], problems: [{}] });
    const many = Array.from({ length: MAX_LOCKED + 5 }, (_, i) => `  d${i}\n`).join("");
    expect(parseLockfile(`DEPENDENCIES\n${many}`).problems).toMatchObject([{ code: "limit-exceeded" }]);
  });
});
