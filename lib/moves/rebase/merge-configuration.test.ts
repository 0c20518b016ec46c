import { expect, it } from "vitest";
import { mergeConfiguration } from "./merge-configuration.ts";
import { mergeElements } from "./merge-settings.ts";
import { toMovedConfig } from "./read-sides.ts";

type Members = Readonly<Record<string, unknown>>;

function toConfig(config: Members, document: Members = {}) {
  const json = { os: "linux", architecture: "amd64", rootfs: { diff_ids: [] }, config, ...document };
  return toMovedConfig(Buffer.from(JSON.stringify(json)));
}

function merge(oldBase: Members, image: Members, newBase: Members) {
  const sides = { oldBase: toConfig(oldBase), image: toConfig(image), newBase: toConfig(newBase) };
  const { json, settings } = mergeConfiguration(sides);
  const outcomes = settings
    .filter(({ outcome }) => outcome !== "same")
    .map(({ name, outcome }) => `${name} ${outcome}`);
  return { config: json.config, outcomes: outcomes.sort() };
}

it("takes what was the old base's from the new base, and keeps what was set above", () => {
  const { config, outcomes } = merge(
    {
      Env: ["PATH=/bin", "JAVA_HOME=/jvm/17"],
      Cmd: ["sh"],
      Labels: { version: "12", a: "1" },
      User: "",
      OnBuild: null,
    },
    {
      Env: ["PATH=/bin", "JAVA_HOME=/jvm/17", "X=1"],
      Cmd: ["nginx"],
      Labels: { version: "12", a: "2" },
      ExposedPorts: { "80/tcp": {} },
    },
    {
      Env: ["PATH=/bin:/sbin", "JAVA_HOME=/jvm/21"],
      Cmd: ["bash"],
      Labels: { version: "13", a: "1" },
      StopSignal: "SIGINT",
    },
  );
  expect(config).toEqual({
    Env: ["PATH=/bin:/sbin", "JAVA_HOME=/jvm/21", "X=1"],
    Cmd: ["nginx"],
    Labels: { version: "13", a: "2" },
    ExposedPorts: { "80/tcp": {} },
    StopSignal: "SIGINT",
  });
  expect(outcomes).toEqual([
    "80/tcp kept",
    "Cmd conflict",
    "JAVA_HOME taken",
    "PATH taken",
    "StopSignal taken",
    "X kept",
    "a kept",
    "version taken",
  ]);
});

it("forgets the base's command when the entry point was set above it, as a build does", () => {
  const { config } = merge({ Cmd: ["sh"] }, { Entrypoint: ["/app"] }, { Cmd: ["bash"] });
  expect(config).toEqual({ Entrypoint: ["/app"] });
  expect(merge({}, { Entrypoint: ["/app"] }, { Cmd: ["bash"] }).config).toEqual({ Entrypoint: ["/app"] });
});

it("keeps empty values of variables and labels, and members that nobody knows", () => {
  const { config } = merge({ Env: ["A="] }, { Env: ["A=", "B="], Labels: { l: "" }, Odd: [1] }, { Env: ["A="] });
  expect(config).toEqual({ Env: ["A=", "B="], Labels: { l: "" }, Odd: [1] });
});

it("builds a variable again from the new base's value", () => {
  const { config } = merge(
    { Env: ["PATH=/old/bin:/bin", "OPTS=-a"] },
    { Env: ["PATH=/app/bin:/old/bin:/bin:/extra", "OPTS=-a -x"] },
    { Env: ["PATH=/new/bin:/bin", "OPTS=-b"] },
  );
  expect(config).toEqual({ Env: ["PATH=/app/bin:/new/bin:/bin:/extra", "OPTS=-b -x"] });
});

it("takes the platform's facts from the new base, and leaves layers and time as the image has them", () => {
  const sides = {
    oldBase: toConfig({}, { variant: "v1", author: "a" }),
    image: toConfig({}, { variant: "v1", author: "a", created: "2026", odd: 1 }),
    newBase: toConfig({}, { variant: "v2", author: "b", created: "2027" }),
  };
  expect(mergeConfiguration(sides).json).toMatchObject({ variant: "v2", author: "b", created: "2026", odd: 1 });
});

it.each([
  ["/a:/b", "/x:/a:/b", "/a:/b:/c", "/x:/a:/b:/c"],
  ["/a:/b", "/a:/x:/b:/y", "/b:/a", "/b:/y:/a:/x"],
  ["/a:/b", "/b", "/a:/b:/c", "/b:/c"],
  ["", "/x:/bin", "/bin:/sbin", "/x:/bin:/sbin"],
  ["/a", "/x:/a:/x", "/a", "/x:/a"],
])("merges a list by element: %s, %s, %s → %s", (oldBase, image, newBase, merged) => {
  expect(mergeElements(oldBase.split(":"), image.split(":"), newBase.split(":")).join(":")).toBe(merged);
});
