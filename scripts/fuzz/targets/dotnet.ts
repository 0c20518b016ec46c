import assert from "node:assert/strict";
import { compareDotnetVersions, parseDepsJson, parseRuntimeConfig, rollForward } from "#lib/formats/dotnet/index.ts";
import { genericPurl, nugetPurl } from "#lib/formats/purl/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toText } from "../hold.ts";

function checkDeps(input: Uint8Array): void {
  const { value, problems } = parseDepsJson(input);
  holdFaults(problems);
  for (const { name, version, kind, assets, dependencies } of value) {
    if (kind === "package") nugetPurl(name, version);
    else genericPurl(name, version);
    assert.ok(assets.length + dependencies.length > 0, "a library of nothing");
  }
  const texts = value.flatMap(({ name, version, assets, dependencies }) => [
    ...[name, version, ...assets],
    ...dependencies.map((each) => each.name + each.version),
  ]);
  holdLength(texts, toText(input));
}

function checkConfig(input: Uint8Array): void {
  const { value, problems } = parseRuntimeConfig(input);
  holdFaults(problems);
  for (const { version } of value) {
    assert.equal(
      Math.sign(compareDotnetVersions(version, "8.0.1")),
      -Math.sign(compareDotnetVersions("8.0.1", version)),
    );
    const chosen = rollForward(version, ["8.0.1", version, "8.0.0-rc.1"]);
    assert.ok(chosen === undefined || ["8.0.1", version, "8.0.0-rc.1"].includes(chosen));
  }
  holdLength(
    value.flatMap(({ name, version }) => [name, version]),
    toText(input),
  );
}

export const DOTNET_TARGETS: readonly FuzzTarget[] = [
  {
    name: "dotnet-deps",
    maxLength: 2048,
    check: checkDeps,
    dictionary: [
      '"runtimeTarget":{"name":"n"}',
      '"targets":{"n":{',
      '"runtime":{',
      '"dependencies":{',
      '"locale":"de"',
      '"type":"package"',
      "runtimepack.",
    ],
    seeds: [
      '{"runtimeTarget":{"name":"n"},"targets":{"n":{"A/1":{"dependencies":{"B":"2"},"runtime":{"A.dll":{}}},"B/2":{"resources":{"lib/de/B.dll":{"locale":"de"}},"native":{"x/_._":{}}},"runtimepack.C/3":{"native":{"c.so":{}}}}},"libraries":{"A/1":{"type":"project"},"B/2":{"type":"package"}}}',
    ],
  },
  {
    name: "dotnet-config",
    maxLength: 512,
    check: checkConfig,
    dictionary: ['"runtimeOptions":{', '"framework":{"name":"A","version":"8.0.0"}', '"frameworks":['],
    seeds: [
      '{"runtimeOptions":{"framework":{"name":"A","version":"8.0.0"}}}',
      '{"runtimeOptions":{"frameworks":[{"name":"A","version":"8.0.0-rc.1"}]}}',
    ],
  },
];
