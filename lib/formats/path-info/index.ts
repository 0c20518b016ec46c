import { z } from "zod";
import { parseBoundedJson } from "#lib/formats/json/index.ts";
import { toBase16Hash } from "#lib/formats/nix-hash/index.ts";
import type { PathInfo } from "#lib/model/path-info.ts";
import { InputError } from "#lib/model/problem.ts";

/** 72,000 paths with ten references each: what a scan reads in 512 MiB. A larger store is scanned through its database. */
export const MAX_PATH_INFO_BYTES = 56 * 1024 ** 2;
const MAX_PATH_INFO_VALUES = 1_600_000;
const MAX_PATH_INFO_DEPTH = 16;
/** Faults named in one error. */
const MAX_FAULTS = 5;

/** Format 3 has the hash in one text, too; some versions between wrote it in parts. */
const hash = z.union([
  z.string(),
  z
    .object({ algorithm: z.string(), hash: z.string() })
    .transform(({ algorithm, hash: digits }) => `${algorithm}:${digits}`),
]);

const info = z.object({
  path: z.string().optional(),
  storeDir: z.string().optional(),
  narHash: hash.nullish(),
  narSize: z.number().int().nonnegative().nullish(),
  references: z.array(z.string()).default([]),
  deriver: z.string().nullish(),
  /** Of the list form: false for a path that the store does not have. */
  valid: z.boolean().optional(),
});

/** `nix path-info --json` up to 2.18: a list. */
const listForm = z.array(info);
/** From 2.19 on: an object by path, `null` for one that the store does not have. */
const objectForm = z.record(z.string(), info.nullable());
/** With a version: the same below `info`, by the name inside the store directory. */
const versionedForm = z.object({ version: z.number(), storeDir: z.string().optional(), info: objectForm });

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

type Info = z.infer<typeof info>;

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

function check<S extends z.ZodType>(schema: S, json: unknown, place: string): z.infer<S> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, MAX_FAULTS)
    .map((issue) => `${issue.path.join(".").slice(0, 120)}: ${issue.message}`);
  throw new InputError("bad-json", place, `not the output of nix path-info --json: ${faults.join("; ")}`);
}
