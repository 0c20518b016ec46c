import { describe, expect, it } from "vitest";
import { InputError } from "#lib/model/problem.ts";
import { MAX_FORBIDDEN, MAX_GATES_BYTES, parseGates } from "./index.ts";
import { parseSize } from "./parse-size.ts";

const parse = (text: string) => parseGates(Buffer.from(text), ".dive-ci");
const rules = (...lines: string[]) => parse(["rules:", ...lines].join("\n  "));

/** The message, with its place. */
function refusalOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InputError) return `${error.place}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

it.each<[string, number | undefined]>([
  // go-humanize's own tests, bytes_test.go.
  ["42", 42],
  ["42MB", 42_000_000],
  ["42MiB", 44_040_192],
  ["42mb", 42_000_000],
  ["42mib", 44_040_192],
  ["42 MB", 42_000_000],
  ["42 MiB", 44_040_192],
  ["42.5MB", 42_500_000],
  ["42.5 mib", 44_564_480],
  ["42M", 42_000_000],
  ["42Mi", 44_040_192],
  ["42 m", 42_000_000],
  ["42 mi", 44_040_192],
  ["1,005.03 MB", 1_005_030_000],
  ["12.5 EB", undefined],
  ["1B", 1],
  ["50kB", 50_000],
  ["20Mb", 20_000_000],
  [".5k", 500],
  ["1.9", 1],
  ["0", 0],
  ["", undefined],
  ["MB", undefined],
  ["-1", undefined],
  ["1.2.3", undefined],
  ["84 JB", undefined],
  ["84 iB", undefined],
  ["not_a_size", undefined],
])("reads the size %j as dive does", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

describe("a file written for dive", () => {
  it("is read as it is, with its comments, its plugins and in each of dive's spellings", () => {
    const expected = { lowestEfficiency: 0.95, highestWastedBytes: 20_000_000, highestUserWastedPercent: 0.1 };
    const written = `---
plugins:
  - plugin1

rules:
  # If the efficiency is measured below X%, mark as failed. (expressed as a percentage between 0-1)
  lowestEfficiency: 0.95
  highestWastedBytes: 20Mb

  highestUserWastedPercent: 0.10

  plugin1/rule1: error
`;
    expect(parse(written)).toEqual(expected);
    expect(
      rules('lowest-efficiency-threshold: "0.95"', "highest-wasted-bytes: '20MB'", "highestuserwastedpercent: 0.1"),
    ).toEqual(expected);
    expect(rules("lowest-efficiency: .95", "highestWastedBytes: 20000000")).toEqual(expected);
  });

  it("gets dive's defaults where a key is missing", () => {
    const defaults = { lowestEfficiency: 0.9, highestUserWastedPercent: 0.1 };
    for (const text of ["", "---", "rules:", "ci: true\nrules: {}"]) expect(parse(text)).toEqual(defaults);
    expect(rules("lowestEfficiency: 0.99")).toEqual({ ...defaults, lowestEfficiency: 0.99 });
    expect(rules("lowestEfficiency: off", "maxRootfsSize: 1k")).toEqual({
      highestUserWastedPercent: 0.1,
      maxRootfsSize: 1000,
    });
  });

  it.each(["disabled", "'disabled'", "off", "false", '"false"', "", "~", "Disabled"])(
    "disables a rule by %j",
    (word) => {
      const keys = ["lowestEfficiency", "highestWastedBytes", "highestUserWastedPercent", "maxRootfsSize"];
      expect(rules(...keys.map((key) => `${key}: ${word}`))).toEqual({});
    },
  );
});

it("reads our own rules, without dive's defaults", () => {
  const gates = rules(
    "maxRootfsSize: 200 MiB",
    "maxClosureSize: 1.5GB",
    "maxDownloadSize: 1000",
    "maxAdded: {size: 50MB, base: 'debian:13', rung: file}",
    "maxUnowned: 5%",
    "maxDuplicateVersions: 0",
    "forbid: [left-pad, 'openssl@1.*']",
    "minShared: {size: 100MB, rung: layer}",
    "maxUnshared: 2GB",
    "maxOrderPenalty: 0",
  );
  expect(gates).toEqual({
    maxRootfsSize: 209_715_200,
    maxClosureSize: 1_500_000_000,
    maxDownloadSize: 1000,
    maxAdded: { bytes: 50_000_000, base: "debian:13", rung: "file" },
    maxUnowned: { share: 0.05 },
    maxDuplicateVersions: 0,
    forbid: ["left-pad", "openssl@1.*"],
    minShared: { bytes: 100_000_000, rung: "layer" },
    maxUnshared: 2_000_000_000,
    maxOrderPenalty: 0,
  });
  expect(rules("maxAdded: 1k", "maxUnowned: 7", "forbid: left-pad")).toEqual({
    maxAdded: { bytes: 1000 },
    maxUnowned: { bytes: 7 },
    forbid: ["left-pad"],
  });
});

it.each([
  ["rules: {lowestEfficency: 0.9}", ".dive-ci: rules: lowestEfficency: unknown key; did you mean lowestEfficiency?"],
  ["rules: {maxRootfs: 1}", /^\.dive-ci: rules: maxRootfs: unknown key; expected lowestEfficiency, /],
  ["rule: {}", ".dive-ci: rule: unknown key; did you mean rules?"],
  ["maxRootfsSize: 1", ".dive-ci: maxRootfsSize: expected under rules:"],
  ["rules: {lowestEfficiency: 0.9, lowest-efficiency: 0.8}", /lowest-efficiency: lowestEfficiency is given twice$/],
  ["rules: {minShared: {size: 1, base: x}}", ".dive-ci: rules: minShared: base: unknown key; expected size, rung"],
  ["rules: {minShared: {rung: file}}", /expected a mapping with size, rung, got a mapping$/],
  ["rules: {minShared: {size: 1, rung: layers}}", /expected one of chain, layer, .*, got "layers"$/],
  ["rules: {maxRootfsSize: 20 XB}", /expected a size such as 20MB, 20 MiB or 20000000, got "20 XB"$/],
  ["rules: {maxRootfsSize: -1}", /got -1$/],
  ["rules: {maxRootfsSize: true}", /got true$/],
  ["rules: {maxDuplicateVersions: 1.5}", /expected an integer ≥ 0, got 1.5$/],
  ["rules: {maxUnowned: 101%}", /expected 0% to 100%, or a size, got "101%"$/],
  ["rules: {forbid: [1]}", /forbid: 1: expected a text, got 1$/],
  ["rules: {forbid: {a: b}}", /expected a text, got a mapping$/],
  ["rules: [a]", ".dive-ci: rules: expected a mapping, got a list"],
  ["- a", ".dive-ci: expected a mapping, got a list"],
  ["rules: {? [a] : b}", /expected a name as key, got a list$/],
  ["rules: {a: 1, a: 2}", /^\.dive-ci:1:15: not valid YAML: Map keys must be unique/],
  ["rules: [", /^\.dive-ci:1:9: not valid YAML: /],
  ["rules: {}\n---\nrules: {}", /^\.dive-ci:\d+:\d+: not valid YAML: /],
] as const)("refuses %j in one line", (text, message) => {
  const refusal = refusalOf(text);
  if (typeof message === "string") expect(refusal).toBe(message);
  else expect(refusal).toMatch(message);
  expect(refusal).not.toContain("\n");
});

// dive's Test_Evaluator_Misconfigurations.
it.each([
  ["1.1", "50kB", "0.5"],
  ["-0.1", "50kB", "0.5"],
  ["not_a_number", "50kB", "0.5"],
  ["0.9", "not_a_size", "0.5"],
  ["0.9", "50kB", "1.1"],
  ["0.9", "50kB", "-0.1"],
  ["0.9", "50kB", "not_a_number"],
  ["NaN", "50kB", "0.5"],
])("refuses what dive calls a misconfiguration: %s, %s, %s", (efficiency, bytes, percent) => {
  const [first, second, third] = [efficiency, bytes, percent].map((value) => JSON.stringify(value));
  const text = `rules: {lowestEfficiency: ${first}, highestWastedBytes: ${second}, highestUserWastedPercent: ${third}}`;
  expect(refusalOf(text)).toMatch(/^\.dive-ci: rules: \w+: expected /);
});

describe("a hostile file is refused in one line:", () => {
  const bomb = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1},`.repeat(9)}]`);

  it.each([
    ["too long", " ".repeat(MAX_GATES_BYTES + 1), /the limit is/],
    ["nested too deeply", "[".repeat(MAX_GATES_BYTES), /nested too deeply|not valid YAML/],
    ["nested in mappings", "{a: ".repeat(MAX_GATES_BYTES / 4), /nested too deeply|not valid YAML/],
    ["aliases of aliases", bomb.join("\n"), /not valid YAML: Excessive alias count/],
    ["an alias of itself", "rules: &r {maxAdded: *r}", /./],
    ["too many components", `rules: {forbid: [${"a,".repeat(MAX_FORBIDDEN + 1)}]}`, /at most 500 components/],
  ])("%s", (_, text, message) => {
    expect(refusalOf(text)).toMatch(message);
  });

  it("not UTF-8", () => {
    expect(() => parseGates(Uint8Array.of(0xff, 0xfe), "f")).toThrow("not UTF-8");
  });
});
