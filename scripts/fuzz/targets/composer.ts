import assert from "node:assert/strict";
import { parseComposerJson, parseInstalledJson } from "#lib/formats/composer/index.ts";
import { composerPurl } from "#lib/formats/purl/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toText } from "../hold.ts";

const NAME = /^[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*$/;

function checkInstalled(input: Uint8Array): void {
  const { value, problems } = parseInstalledJson(input);
  holdFaults(problems);
  for (const { name, version, requires, provides } of value) {
    composerPurl(name, version);
    for (const word of [name, ...provides, ...requires.map((each) => each.name)]) assert.match(word, NAME);
  }
  const texts = value.flatMap(({ name, version, installPath, provides }) => [name, version, installPath, ...provides]);
  holdLength(
    [...texts, ...value.flatMap(({ requires }) => requires.map((each) => each.name + each.constraint))],
    toText(input),
  );
}

function checkProject(input: Uint8Array): void {
  const { value, problems } = parseComposerJson(input);
  holdFaults(problems);
  assert.ok(value !== undefined || problems.length > 0, "neither a project nor a problem");
  if (value === undefined) return;
  const links = [...value.requires, ...value.devRequires];
  for (const { name } of links) assert.match(name, NAME);
  if (value.name !== "") composerPurl(value.name, value.version);
  holdLength([value.name, value.version, ...links.map((each) => each.name + each.constraint)], toText(input));
}

export const COMPOSER_TARGETS: readonly FuzzTarget[] = [
  {
    name: "composer-installed",
    maxLength: 2048,
    check: checkInstalled,
    dictionary: [
      '"packages":[',
      '"name":"a/b"',
      '"install-path":"../a/b"',
      '"require":{',
      '"provide":{',
      '"replace":{',
      "ext-x",
    ],
    seeds: [
      '{"packages":[{"name":"A/b","version":" 1.0 ","install-path":"../a/b","require":{"php":">=8","c/d":"^1"},"replace":{"e/f":"*"},"provide":{"g/h":"1"}},{"name":"m/m","type":"metapackage","install-path":null}],"dev":true}',
      '[{"name":"a/b","version":"1"},{"name":"../x"},1]',
    ],
  },
  {
    name: "composer-json",
    maxLength: 1024,
    check: checkProject,
    dictionary: ['"require":{', '"require-dev":{', '"a/b":"^1"', "php", "ext-json"],
    seeds: ['{"require":{"a/b":"^1","php":"*"},"require-dev":{"C/d":1}}', "[]"],
  },
];
