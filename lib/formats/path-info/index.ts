import * as v from "valibot";
import { checkJson, countField, numberField, objectOf, parseBoundedJson, recordOf } from "#lib/formats/json/index.ts";
import { toBase16Hash } from "#lib/formats/nix-hash/index.ts";
import type { PathInfo } from "#lib/model/path-info.ts";
import { InputError } from "#lib/model/problem.ts";

/** 72,000 paths with ten references each: what a scan reads in 512 MiB. A larger store is scanned through its database. */
export const MAX_PATH_INFO_BYTES = 56 * 1024 ** 2;
const MAX_PATH_INFO_VALUES = 1_600_000;
const MAX_PATH_INFO_DEPTH = 16;

/** Format 3 has the hash in one text, too; some versions between wrote it in parts. */
const hash = v.union(
  [
    v.string(),
    v.pipe(
      objectOf({ algorithm: v.string(), hash: v.string() }),
      v.transform(({ algorithm, hash: digits }) => `${algorithm}:${digits}`),
    ),
  ],
  "expected a string, or an object with algorithm and hash",
);

const info = objectOf({
  path: v.optional(v.string()),
  storeDir: v.optional(v.string()),
  narHash: v.nullish(hash),
  narSize: v.nullish(countField),
  references: v.optional(v.array(v.string()), []),
  deriver: v.nullish(v.string()),
  /** Of the list form: false for a path that the store does not have. */
  valid: v.optional(v.boolean()),
});

/** `nix path-info --json` up to 2.18: a list. */
const listForm = v.array(info);
/** From 2.19 on: an object by path, `null` for one that the store does not have. */
const objectForm = recordOf(v.nullable(info));
/** With a version: the same below `info`, by the name inside the store directory. */
const versionedForm = objectOf({ version: numberField, storeDir: v.optional(v.string()), info: objectForm });

/** The paths of a document of `nix path-info --json --recursive`, in any of its three forms. Throws InputError naming `place`. */
export function parsePathInfo(bytes: Uint8Array, place: string): PathInfo[] {
  const json = parseBoundedJson(bytes, place, {
    maxBytes: MAX_PATH_INFO_BYTES,
    maxValues: MAX_PATH_INFO_VALUES,
    maxDepth: MAX_PATH_INFO_DEPTH,
  });
  if (Array.isArray(json)) return check(listForm, json, place).flatMap((each) => toInfo(each.path ?? "", each, ""));
  const isVersioned = typeof json === "object" && json !== null && "info" in json && "version" in json;
  if (!isVersioned) return listEntries(check(objectForm, json, place), "");
  const { info: entries, storeDir = "/nix/store" } = check(versionedForm, json, place);
  return listEntries(entries, storeDir);
}

type Info = v.InferOutput<typeof info>;

function listEntries(entries: Readonly<Record<string, Info | null>>, storeDir: string): PathInfo[] {
  return Object.entries(entries).flatMap(([path, each]) => (each === null ? [] : toInfo(path, each, storeDir)));
}

function toInfo(path: string, each: Info, outerDir: string): PathInfo[] {
  if (each.valid === false) return [];
  const storeDir = each.storeDir ?? outerDir;
  const whole = (name: string) => (name.startsWith("/") || storeDir === "" ? name : `${storeDir}/${name}`);
  return [
    {
      path: whole(path),
      narHash: toBase16Hash(each.narHash ?? "") ?? "",
      narSize: each.narSize ?? undefined,
      references: each.references.map(whole),
      deriver: each.deriver == null ? "" : whole(each.deriver),
    },
  ];
}

function check<Schema extends v.GenericSchema>(schema: Schema, json: unknown, place: string): v.InferOutput<Schema> {
  return checkJson(
    schema,
    json,
    (faults) => new InputError("bad-json", place, `not the output of nix path-info --json: ${faults}`),
  );
}
