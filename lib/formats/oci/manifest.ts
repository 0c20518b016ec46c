import * as v from "valibot";
import { cutText } from "#lib/model/cut-text.ts";
import { type DiffId, parseDiffId, parseDigest } from "#lib/model/digest.ts";
import type { HistoryStep, ImageSettings } from "#lib/model/image-settings.ts";
import { InputError } from "#lib/model/problem.ts";
import {
  boundedList,
  checkJson,
  countField,
  isObject,
  objectOf,
  optionalList,
  parseBoundedJson,
  recordOf,
} from "../json/index.ts";
import { settingFields, toImageSettings } from "./image-settings.ts";
import { isIndexType, isManifestType, isSchema1Type } from "./media-types.ts";

/** Registries refuse manifests over 4 MiB (distribution-spec, "Pushing manifests"); the same limit applies to a config. */
export const MAX_METADATA_BYTES = 4 * 1024 * 1024;

/** Docker allows 127 layers; tools that squash later write a few hundred. */
export const MAX_LAYERS = 1000;

/** Maximum number of descriptors in an index. */
export const MAX_INDEX_MANIFESTS = 5000;

/** UTF-16 units kept of a history step: commands are for people to read, and a page shows one for every layer. */
const MAX_CREATED_BY = 4096;

/** UTF-16 units kept of each part of a platform, of `created` and of a media type. The registered ones are far shorter. */
const MAX_WORD = 128;

/** Words of Entrypoint, Cmd and Env each: Linux allows a command of 2 MiB, which is never used in practice. */
export const MAX_WORDS = 10_000;

/** Steps of a history: one for each layer, and as many without one. */
export const MAX_HISTORY = 10_000;

/** Annotations of one descriptor; the specification names some fifteen. */
export const MAX_ANNOTATIONS = 1000;

const MAX_JSON_DEPTH = 64;

const annotationsField = recordOf(v.string(), MAX_ANNOTATIONS);

const hashField = <Hash>(parse: (text: string) => Hash | undefined) =>
  v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }): Hash => {
      const hash = parse(dataset.value);
      if (hash === undefined) addIssue({ message: `${dataset.value.slice(0, 80)} is not a SHA-256 digest` });
      return hash ?? NEVER;
    }),
  );

/** Text that is only displayed: longer text is cut, with a mark. */
const shownText = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cutText(text, max)),
  );

const wordField = v.optional(shownText(MAX_WORD), "");

const platformFields = { os: wordField, architecture: wordField, variant: wordField };

const platformSchema = objectOf(platformFields);

const descriptorSchema = objectOf({
  mediaType: wordField,
  digest: hashField(parseDigest),
  size: countField,
  annotations: nullToUndefined(annotationsField),
  platform: nullToUndefined(platformSchema),
  /** Of what refers to another manifest. */
  artifactType: v.fallback(v.optional(shownText(MAX_WORD)), undefined),
});

const indexSchema = objectOf({
  mediaType: wordField,
  manifests: boundedList(descriptorSchema, MAX_INDEX_MANIFESTS),
});

const manifestSchema = objectOf({
  mediaType: wordField,
  config: descriptorSchema,
  layers: boundedList(descriptorSchema, MAX_LAYERS),
  // Read for the base image alone: whatever has another form is as if it were missing.
  annotations: v.fallback(annotationsField, () => ({})),
});

const textList = optionalList(v.string(), MAX_WORDS);

const historySchema = objectOf({
  created_by: v.optional(shownText(MAX_CREATED_BY), ""),
  empty_layer: v.optional(v.boolean(), false),
  comment: v.fallback(shownText(MAX_CREATED_BY), ""),
  created: v.fallback(shownText(MAX_WORD), ""),
});

const configSchema = objectOf({
  ...platformFields,
  created: v.nullish(shownText(MAX_WORD), ""),
  config: v.nullish(objectOf({ Entrypoint: textList, Cmd: textList, Env: textList, ...settingFields }), {}),
  rootfs: objectOf({ diff_ids: optionalList(hashField(parseDiffId), MAX_LAYERS) }),
  history: optionalList(historySchema, MAX_HISTORY),
});

function nullToUndefined<Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );
}

/** A reference to a blob: its digest, its length in bytes and its media type (image-spec `descriptor.md`). */
export type Descriptor = v.InferOutput<typeof descriptorSchema>;
export type Platform = v.InferOutput<typeof platformSchema>;
export type ImageIndex = v.InferOutput<typeof indexSchema>;
export type ImageManifest = v.InferOutput<typeof manifestSchema>;

/** The fields of an image's config that a scan needs (image-spec `config.md`). */
export interface ImageConfig {
  readonly platform: Platform;
  readonly createdAt: string;
  /** Entrypoint followed by Cmd. */
  readonly command: readonly string[];
  /** PATH of the environment, "" if it is not set. */
  readonly searchPath: string;
  /** LD_LIBRARY_PATH of the environment, "" if it is not set. */
  readonly libraryPath: string;
  readonly diffIds: readonly DiffId[];
  /** The command that made each layer, from the history; "" if the history does not match the layers. */
  readonly createdBy: readonly string[];
  /** What only people read. */
  readonly settings: ImageSettings;
}

export type IndexOrManifest = { index: ImageIndex } | { manifest: ImageManifest };

/** Reads an index or a manifest, whichever the bytes contain. Throws InputError naming `place`. */
export function parseIndexOrManifest(bytes: Uint8Array, place: string, describedAs: string): IndexOrManifest {
  const json = parseMetadata(bytes, place);
  const said = isObject(json) ? json : {};
  const mediaType = cutText(typeof said.mediaType === "string" ? said.mediaType : describedAs, MAX_WORD);
  if (isSchema1Type(mediaType) || said.schemaVersion === 1) {
    throw new InputError(
      "unsupported",
      place,
      "a Docker schema 1 manifest: its layers have no digests of content; pull and push the image again",
    );
  }
  if (isIndexType(mediaType) || (isObject(json) && "manifests" in json))
    return { index: check(indexSchema, json, place) };
  if (isManifestType(mediaType) || (isObject(json) && "layers" in json)) {
    return { manifest: check(manifestSchema, json, place) };
  }
  throw new InputError(
    "bad-manifest",
    place,
    `neither an image index nor an image manifest (${mediaType || "no media type"})`,
  );
}

/** Reads a layout's `index.json`. */
export function parseIndex(bytes: Uint8Array, place: string): ImageIndex {
  return check(indexSchema, parseMetadata(bytes, place), place);
}

/** Reads an image config. Throws InputError naming `place`. */
export function parseImageConfig(bytes: Uint8Array, place: string): ImageConfig {
  const config = check(configSchema, parseMetadata(bytes, place), place);
  const { os, architecture, variant } = config;
  const diffIds = config.rootfs.diff_ids;
  return {
    platform: { os, architecture, variant },
    createdAt: config.created,
    command: [...config.config.Entrypoint, ...config.config.Cmd],
    searchPath: findVariable(config.config.Env, "PATH"),
    libraryPath: findVariable(config.config.Env, "LD_LIBRARY_PATH"),
    diffIds,
    createdBy: toCreatedBy(config.history, diffIds.length),
    settings: toImageSettings(config.config, toHistory(config.history, diffIds.length)),
  };
}

function findVariable(environment: readonly string[], name: string): string {
  return environment.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

/** The steps; a step's text is that of its layer if there is one layer for each that has one. */
function toHistory(history: readonly v.InferOutput<typeof historySchema>[], layerCount: number): HistoryStep[] {
  const isMatched = history.filter((step) => !step.empty_layer).length === layerCount;
  return history.map(({ created_by, empty_layer: isEmpty, comment, created }) => {
    return { createdBy: isMatched && !isEmpty ? "" : created_by, comment, created, isEmpty };
  });
}

function toCreatedBy(history: readonly { created_by: string; empty_layer: boolean }[], layerCount: number): string[] {
  const made = history.filter((step) => !step.empty_layer).map((step) => step.created_by);
  return made.length === layerCount ? made : new Array<string>(layerCount).fill("");
}

/** `os/arch` or `os/arch/variant`; "" if not given. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== "").join("/");
}

/** Bounded JSON of an image's metadata. */
export function parseMetadata(bytes: Uint8Array, place: string): unknown {
  return parseBoundedJson(bytes, place, { maxBytes: MAX_METADATA_BYTES, maxDepth: MAX_JSON_DEPTH });
}

/** The checked value, or one InputError that names every wrong field. */
export function check<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  place: string,
): v.InferOutput<Schema> {
  return checkJson(schema, json, (faults) => new InputError("bad-manifest", place, faults));
}
