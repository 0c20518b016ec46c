import { type AdviceClass, maskOf } from "#lib/model/advice.ts";
import { sourceOfByteCode } from "#lib/model/byte-code.ts";
import type { UnownedClass } from "#lib/model/unowned-class.ts";
import { classifyPath } from "./path-classes.ts";

const BY_MASK: readonly (AdviceClass & UnownedClass)[] = [
  "caches",
  "documentation",
  "locales",
  "staticLibraries",
  "tests",
];

/** Written when packages are installed, and not only in cache folders: ldconfig(8), fc-cache(1), update-mime-database(1) and others. */
const GENERATED_CACHE =
  /^etc\/ld\.so\.cache$|\/(?:icon-theme|mime|mimeinfo|giomodule|loaders|immodules)\.cache$|\/mime\/(?:.*\.xml|magic|globs2?|aliases|types|subclasses)$|\/gschemas\.compiled$/;
const MODEL_WEIGHTS = /\.(?:safetensors|gguf|ggml|onnx|ckpt|pth?|h5|keras|tflite|caffemodel|pdparams|mlmodel)$/;
const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|zip|7z|rar|deb|rpm|apk|whl|egg|crate|nupkg)$|\.tar\.[a-z0-9]+$/;
const MEDIA =
  /\.(?:ttf|otf|ttc|woff2?|pf[ab]|pcf|png|jpe?g|gif|svg|webp|ico|bmp|tiff?|mp[34]|ogg|wav|flac|webm|avi|mkv|pdf)(?:\.gz)?$/;

/** The class of a file without an owner, by its path (without a leading slash). */
export function unownedClass(path: string): UnownedClass {
  if (MODEL_WEIGHTS.test(path)) return "modelWeights";
  if (GENERATED_CACHE.test(path)) return "caches";
  if (sourceOfByteCode(path) !== undefined) return "byteCode";
  const mask = classifyPath(path);
  const advised = BY_MASK.find((each) => (mask & maskOf([each])) !== 0);
  return advised ?? classByPlace(path);
}

function classByPlace(path: string): UnownedClass {
  if (ARCHIVE.test(path)) return "archives";
  if (MEDIA.test(path)) return "fontsAndMedia";
  if (/^var\/log\//.test(path)) return "logs";
  if (/^(?:var\/)?tmp\//.test(path)) return "temporary";
  if (/^etc\//.test(path)) return "configuration";
  return /^(?:root|home\/[^/]+)\//.test(path) ? "home" : "other";
}
