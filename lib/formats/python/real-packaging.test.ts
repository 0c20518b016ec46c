import { describe, expect, it } from "vitest";
import { seededRandom } from "#testing/builders/graphs.ts";
import { askPython, hasPython } from "#testing/run/python.ts";
import { evaluateMarker } from "./marker.ts";
import { normaliseName } from "./name.ts";
import { parseRequirement } from "./requirement.ts";
import { parseSpecifiers, satisfiesPython } from "./specifier.ts";
import { comparePythonVersions, formatPythonVersion, parsePythonVersion } from "./version.ts";

const PACKAGING = `
import json, sys
from pip._vendor.packaging.version import Version, InvalidVersion
from pip._vendor.packaging.specifiers import SpecifierSet, InvalidSpecifier
from pip._vendor.packaging.requirements import Requirement, InvalidRequirement
from pip._vendor.packaging.utils import canonicalize_name
def attempt(make, *errors):
    try: return make()
    except errors: return None
given = json.load(sys.stdin)
`;

type Choose = <T>(values: readonly T[]) => T;

function chooser(seed: number): Choose {
  const random = seededRandom(seed);
  return (values) => values[Math.floor(random() * values.length)]!;
}

const DIGITS = ["0", "1", "2", "10", "007", "20240131"];

function randomVersion(choose: Choose): string {
  const number = () => choose(DIGITS);
  const release = Array.from({ length: choose([1, 2, 2, 3, 4]) }, number).join(".");
  const pre = choose(["", "", "", "a", ".b", "-rc", "_alpha", "beta.", "c", "preview", "pre"]);
  const post = choose(["", "", "", ".post", "-", "rev", ".r", "post-"]);
  const dev = choose(["", "", "", ".dev", "dev", "-dev"]);
  const local = choose(["", "", "", "+ab.1", "+1-a_007", "+2"]);
  const part = (text: string) => (text === "" ? "" : text + choose(["", ...DIGITS]));
  const wrong = choose([...Array(20).fill(""), "x", ".", " ", "*", "!"]);
  return `${choose(["", "", "", "v", "1!", "0!"])}${release}${part(pre)}${part(post)}${part(dev)}${local}${wrong}`;
}

function randomClauses(choose: Choose): string {
  const clause = () => {
    const operator = choose(["==", "!=", "<=", ">=", "<", ">", "~=", "==="]);
    // The prefix of ~= is that of the text in packaging: it takes spellings other than the canonical one for numbers.
    const version = randomVersion(choose);
    const spelled = parsePythonVersion(version);
    const canonical = operator === "~=" && spelled !== undefined ? formatPythonVersion(spelled) : version;
    return `${operator}${choose(["", " "])}${canonical}${choose(["", "", "", ".*"])}`;
  };
  return Array.from({ length: choose([1, 1, 1, 2, 3]) }, clause).join(",");
}

const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  python_version: ["2.7", "3.8", "3.13", "3", "3.9, 3.13"],
  python_full_version: ["3.13.5", "3.8.1", "3.13.0rc1"],
  sys_platform: ["linux", "win32", "linux2", "lin"],
  platform_machine: ["x86_64", "aarch64", "arm"],
  implementation_name: ["cpython", "pypy"],
  "os.name": ["posix", "nt"],
  extra: ["Test.It", "test-it", "docs"],
};
const ENVIRONMENT = {
  python_version: "3.13",
  python_full_version: "3.13.5",
  sys_platform: "linux",
  platform_machine: "x86_64",
  implementation_name: "cpython",
  os_name: "posix",
  extra: "test_it",
};

function randomMarker(choose: Choose, depth: number): string {
  if (depth > 0 && choose([true, false, false])) {
    const parts = Array.from({ length: choose([2, 3]) }, () => randomMarker(choose, depth - 1));
    return `(${parts.join(choose([" and ", " or "]))})`;
  }
  const variable = choose(Object.keys(VARIABLES));
  const operators = ["==", "!=", "in", "not in", "==", ...(variable.startsWith("python") ? ["<", ">=", "<="] : [])];
  const quote = choose(["'", '"']);
  const sides = [variable, `${quote}${choose(VARIABLES[variable]!)}${quote}`];
  const [left, right] = variable === "extra" || choose([true, true, false]) ? sides : sides.reverse();
  return `${left} ${choose(operators)} ${right}`;
}

function randomRequirement(choose: Choose): string {
  const name = choose(["a", "Zope.Interface", "a_b--c", "1x", "b", "c", "d.e", "-bad", "a.", "x y"]);
  const extras = choose(["", "", "[a]", "[A_b, c]", "[]", "[ a ,b]", "[,]", "[a"]);
  const versions = choose([
    "",
    randomClauses(choose),
    ` (${randomClauses(choose)})`,
    " @ https://e.org/a;b.whl",
    "@file:///x",
  ]);
  const marker = choose(["", "", ` ; ${randomMarker(choose, 2)}`, `; ${randomMarker(choose, 1)} and`, " ;"]);
  return `${name}${extras}${versions}${marker}`;
}

function distinct(count: number, make: () => string): string[] {
  const found = new Set<string>();
  for (let i = 0; i < 4 * count && found.size < count; i++) found.add(make());
  return [...found];
}

describe.skipIf(!hasPython)(
  "packaging, by which pip compares, agrees on (needs Debian's python3-pip and python3-venv)",
  () => {
    it("1500 spellings of versions: which of them are versions, their canonical spelling, and their order", () => {
      const choose = chooser(1);
      const texts = distinct(1500, () => randomVersion(choose));
      const theirs = askPython<(string | null)[]>(
        `${PACKAGING}print(json.dumps([attempt(lambda: str(Version(t)), InvalidVersion) for t in given]))`,
        texts,
      );
      const ours = texts.map(parsePythonVersion);
      expect(ours.map((version) => (version === undefined ? null : formatPythonVersion(version)))).toEqual(theirs);
      const versions = texts.filter((_, i) => ours[i] !== undefined);
      expect(versions.length).toBeGreaterThan(1000);
      const pairs = versions.map((text) => [text, choose(versions)] as const);
      const orders = askPython<number[]>(
        `${PACKAGING}print(json.dumps([(Version(a) > Version(b)) - (Version(a) < Version(b)) for a, b in given]))`,
        pairs,
      );
      const ourOrders = pairs.map(([a, b]) =>
        Math.sign(comparePythonVersions(parsePythonVersion(a)!, parsePythonVersion(b)!)),
      );
      expect(ourOrders).toEqual(orders);
    });

    it("2000 sets of specifiers: which of them are valid, and which versions they contain", () => {
      const choose = chooser(2);
      const cases = distinct(2000, () => randomClauses(choose)).map((clauses) => {
        const named = clauses.split(",").map((clause) => clause.replace(/^[<>=~!\s]+|\.\*$/g, ""));
        const near = named.flatMap((text) => [text, `${text}.post1`, `${text}.dev1`, `${text}+x`, `${text}.1`]);
        const versions = [...near, randomVersion(choose), randomVersion(choose)];
        return [clauses, versions.filter((text) => parsePythonVersion(text) !== undefined)] as const;
      });
      const theirs = askPython<(boolean[] | null)[]>(
        `${PACKAGING}
def check(clauses, versions):
    found = SpecifierSet(clauses)
    return [found.contains(v, prereleases=True) for v in versions]
print(json.dumps([attempt(lambda: check(*each), InvalidSpecifier) for each in given]))`,
        cases,
      );
      const ours = cases.map(([clauses, versions]) => {
        const parsed = parseSpecifiers(clauses);
        return parsed === undefined ? null : versions.map((text) => satisfiesPython(parsePythonVersion(text)!, parsed));
      });
      const differing = cases.filter((_, i) => JSON.stringify(ours[i]) !== JSON.stringify(theirs[i]));
      expect(differing.map(([clauses]) => clauses)).toEqual([]);
      expect(theirs.filter((each) => each !== null).length).toBeGreaterThan(500);
      expect(theirs.flatMap((each) => each ?? []).filter(Boolean).length).toBeGreaterThan(1000);
    });

    it("5000 requirements: which of them are valid, what they name, and whether their markers are true", () => {
      const choose = chooser(3);
      // In a requirement, packaging takes a comma after === for a part of the version, which in a set of specifiers it does not.
      const texts = distinct(5000, () => randomRequirement(choose)).filter((text) => !/===[^;)]*,/.test(text));
      const theirs = askPython<unknown[]>(
        `${PACKAGING}
def check(text):
    r = Requirement(text)
    # packaging refuses to compare a text with a version; here it is a comparison of texts.
    truth = attempt(lambda: r.marker.evaluate(given[1]), InvalidVersion) if r.marker else None
    return [canonicalize_name(r.name), sorted(map(canonicalize_name, r.extras)), truth if r.marker else "none"]
print(json.dumps([attempt(lambda: check(t), InvalidRequirement, InvalidSpecifier) for t in given[0]]))`,
        [texts, ENVIRONMENT],
      );
      const environment = new Map(Object.entries(ENVIRONMENT).map(([name, value]) => [name, [value]]));
      const ours = texts.map((text) => {
        const found = parseRequirement(text);
        if (found === undefined) return null;
        const extras = [...new Set(found.extras.map(normaliseName))].sort();
        return [found.name, extras, found.marker === undefined ? "none" : evaluateMarker(found.marker, environment)];
      });
      const isRefused = (answer: unknown) => Array.isArray(answer) && answer[2] === null;
      const differing = texts.filter(
        (_, i) => !isRefused(theirs[i]) && JSON.stringify(ours[i]) !== JSON.stringify(theirs[i]),
      );
      expect(differing).toEqual([]);
      expect(theirs.filter((each) => each !== null && !isRefused(each)).length).toBeGreaterThan(800);
    });
  },
);
