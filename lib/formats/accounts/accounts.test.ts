import fc from "fast-check";
import { expect, it } from "vitest";
import { naiveMerge } from "#testing/oracles/naive-merge.ts";
import { type AccountFile, mergeAccounts, parseAccounts } from "./index.ts";

function merge(file: AccountFile, base: string, ours: string, theirs: string) {
  const parse = (text: string) => parseAccounts(text, file);
  const merged = mergeAccounts({ base: parse(base), ours: parse(ours), theirs: parse(theirs) }, file);
  return {
    text: merged.records.map(({ text }) => `${text}\n`).join(""),
    conflicts: merged.conflicts.map(({ key }) => key),
  };
}

const BASE = "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n";

it("adds the accounts of both sides, theirs first", () => {
  const nginx = "nginx:x:101:101::/nonexistent:/bin/false\n";
  const ubuntu = "ubuntu:x:1000:1000::/home/ubuntu:/bin/bash\n";
  expect(merge("passwd", BASE, BASE + nginx, BASE + ubuntu)).toEqual({ text: BASE + ubuntu + nginx, conflicts: [] });
});

it("takes a field that one side changed from that side, and ours where both did", () => {
  const ours = BASE.replace("/bin/bash", "/bin/sh");
  const theirs = BASE.replace(":root:/root", ":Superuser:/root");
  expect(merge("passwd", BASE, ours, theirs).text).toBe(theirs.replace("/bin/bash", "/bin/sh"));
  expect(merge("passwd", BASE, ours, BASE.replace("/bin/bash", "/bin/zsh")).text).toBe(ours);
});

it("does not choose between two numbers of one account", () => {
  const ours = BASE.replace("33:33", "34:33");
  expect(merge("passwd", BASE, ours, BASE.replace("33:33", "48:33")).conflicts).toEqual(["www-data"]);
  const app = (id: number) => `${BASE}app:x:${id}:100::/:\n`;
  expect(merge("passwd", BASE, app(1000), app(1001)).conflicts).toEqual(["app"]);
  expect(merge("passwd", BASE, app(1000), app(1000))).toEqual({ text: app(1000), conflicts: [] });
});

it("merges the members of a group one by one", () => {
  expect(merge("group", "adm:x:4:a,b\n", "adm:x:4:a,b,c\n", "adm:x:4:b,d\n").text).toBe("adm:x:4:b,d,c\n");
  expect(merge("gshadow", "adm:*::a\n", "adm:*::a,c\n", "adm:!::a\n").text).toBe("adm:!::a,c\n");
});

it("keeps an account that one side changed and the other removed", () => {
  const changed = BASE.replace("/bin/bash", "/bin/sh");
  expect(merge("passwd", BASE, changed, "").text).toBe("root:x:0:0:root:/root:/bin/sh\n");
});

it("treats each subordinate range as a record of its own", () => {
  const range = "a:100000:65536\n";
  expect(merge("subuid", range, `${range}a:300000:10\n`, `${range}b:200000:65536\n`).text).toBe(
    `${range}b:200000:65536\na:300000:10\n`,
  );
});

const arbitraryPasswd = fc
  .uniqueArray(fc.record({ name: fc.constantFrom("a", "b", "c", "d"), id: fc.nat(2) }), {
    selector: ({ name }) => name,
  })
  .map((users) => users.map(({ name, id }) => `${name}:x:${id}:${id}::/:\n`).join(""));

it("merges random tables as the naive rule does, except that a changed account survives its removal", () => {
  fc.assert(
    fc.property(arbitraryPasswd, arbitraryPasswd, arbitraryPasswd, (base, ours, theirs) => {
      const parse = (text: string) => parseAccounts(text, "passwd");
      const sides = { base: parse(base), ours: parse(ours), theirs: parse(theirs) };
      const { records, conflicts } = mergeAccounts(sides, "passwd");
      const naive = naiveMerge(sides);
      const both = (key: string) => [sides.ours, sides.theirs].every((side) => side.some((each) => each.key === key));
      expect(new Set(conflicts.map(({ key }) => key))).toEqual(new Set([...naive.conflicts].filter(both)));
      const settled = records.filter(({ key }) => !naive.conflicts.has(key));
      expect(new Set(settled.map(({ key, text }) => `${key} ${text}`))).toEqual(naive.kept);
    }),
    { numRuns: 1000 },
  );
});
