import { expect, it } from "vitest";
import type { Digest } from "#lib/model/digest.ts";
import { type ConfigParts, rebaseConfig } from "./rebased-config.ts";

const TO = { name: "base:2", digest: `sha256:${"2".repeat(64)}` as Digest };
const [OLD_TIME, NEW_TIME, IMAGE_TIME] = ["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-02-01T00:00:00.5Z"];

function step(created_by: string, isEmpty = false) {
  return isEmpty ? { created_by, empty_layer: true } : { created_by };
}

const OLD = [step("FROM old"), step("CMD sh", true)];
const NEW = [step("FROM new"), step("more of new"), step("CMD sh", true)];
const OURS = [step("COPY app"), step("USER app", true), step("RUN build")];

function rebase(parts: Partial<ConfigParts> = {}) {
  return rebaseConfig({
    image: { created: IMAGE_TIME, history: [...OLD, ...OURS] },
    oldBase: { created: OLD_TIME, history: OLD },
    newBase: { created: NEW_TIME, history: NEW },
    after: { architecture: "amd64", config: { Cmd: ["app"] }, history: ["not read"], unknown: 1 },
    oldBaseLayers: 1,
    newBaseLayers: 2,
    imageLayers: 3,
    mergeStep: undefined,
    to: TO,
    ...parts,
  });
}

it("has the new base's steps below the image's own, empty ones included", () => {
  expect(rebase()).toEqual({
    architecture: "amd64",
    config: { Cmd: ["app"] },
    unknown: 1,
    created: NEW_TIME,
    history: [...NEW, ...OURS],
  });
});

it("ends with the merge, at the time of the later part", () => {
  const { history } = rebase({ mergeStep: "merge" });
  expect(history).toEqual([...NEW, ...OURS, { created: NEW_TIME, created_by: "merge" }]);
});

it("finds the steps above a base that was stored anew", () => {
  const image = { created: IMAGE_TIME, history: [step("squashed"), step("CMD sh", true), ...OURS] };
  expect(rebase({ image }).history).toEqual([...NEW, ...OURS]);
});

it("has a step for each layer if a history does not match its layers", () => {
  const unknown = { comment: "step not recorded" };
  expect(rebase({ image: { history: OURS.slice(1) } }).history).toEqual([...NEW, unknown, unknown]);
  expect(rebase({ newBase: {} }).history).toEqual([unknown, unknown, ...OURS]);
  expect(rebase({ image: { history: null }, oldBase: {} }).history).toEqual([...NEW, unknown, unknown]);
});

it("was not created at a time that nothing says", () => {
  expect(rebase({ image: { created: "soon" }, newBase: {} })).not.toHaveProperty("created");
  expect(rebase({ newBase: { created: OLD_TIME } })).toMatchObject({ created: IMAGE_TIME });
});

it("does not keep labels that name the old base", () => {
  const Labels = { "org.opencontainers.image.base.name": "base:1", title: "app" };
  expect(rebase({ after: { config: { Labels } } })).toMatchObject({
    config: { Labels: { "org.opencontainers.image.base.name": "base:2", title: "app" } },
  });
});
