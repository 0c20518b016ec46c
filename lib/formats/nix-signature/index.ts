import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { toBase32Hash } from "#lib/formats/nix-hash/index.ts";
import type { PathInfo } from "#lib/model/path-info.ts";
import type { SignatureCheck } from "#lib/model/signature.ts";

/** Characters of a key's name: `cache.nixos.org-1`, for example. */
const MAX_KEY_NAME_LENGTH = 128;
const KEY = /^([^\s:]+):([0-9A-Za-z+/]{43}=)$/;
const SIGNATURE_BYTES = 64;
/** What comes before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410, 4). */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** A public key whose signatures count. */
export interface TrustedKey {
  readonly name: string;
  readonly key: KeyObject;
}

/** A key as Nix writes it, `NAME:BASE64` of 32 bytes; `undefined` if it is none. */
export function parseTrustedKey(text: string): TrustedKey | undefined {
  const [, name = "", base64 = ""] = KEY.exec(text) ?? [];
  if (name === "" || name.length > MAX_KEY_NAME_LENGTH) return undefined;
  const spki = Buffer.concat([SPKI_PREFIX, Buffer.from(base64, "base64")]);
  return { name, key: createPublicKey({ key: spki, format: "der", type: "spki" }) };
}

/** The words of `trusted-public-keys` and `extra-trusted-public-keys` in a nix.conf, comments left out. */
export function listConfiguredKeys(nixConf: string): string[] {
  return nixConf.split("\n").flatMap((line) => {
    const [, value = ""] = /^\s*(?:extra-)?trusted-public-keys\s*=([^#]*)/.exec(line) ?? [];
    return value.split(/\s+/).filter((word) => word !== "");
  });
}

/** The result of checking all signatures of one path. */
export interface CheckedSignatures extends SignatureCheck {
  /** The known keys that a signature claims and does not have, beside the right one if there is one. */
  readonly wrongKeys: readonly string[];
}

/**
 * Checks the signatures of a narinfo (`KEY:BASE64`) with these keys. Nix signs the fingerprint
 * `1;PATH;NARHASH;NARSIZE;REFERENCES` (`path-info.cc`) with Ed25519.
 */
export function checkSignatures(
  info: PathInfo,
  signatures: readonly string[],
  keys: readonly TrustedKey[],
): CheckedSignatures {
  if (signatures.length === 0) return { status: "unsigned", wrongKeys: [] };
  const fingerprint = toFingerprint(info);
  const right: string[] = [];
  const wrongKeys: string[] = [];
  for (const [name, signature] of signatures.map(splitSignature)) {
    // Guix' signatures have a name alone: they are of another kind.
    const named = signature === "" ? [] : keys.filter((key) => key.name === name);
    if (named.length === 0) continue;
    const isRight = named.some(({ key }) => isValid(fingerprint, key, signature));
    (isRight ? right : wrongKeys).push(name);
  }
  if (right[0] !== undefined) return { status: "verified", keyName: right[0], wrongKeys };
  return wrongKeys[0] === undefined
    ? { status: "no-key", wrongKeys }
    : { status: "wrong", keyName: wrongKeys[0], wrongKeys };
}

function splitSignature(text: string): [name: string, base64: string] {
  const colon = text.indexOf(":");
  return [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
}

function isValid(fingerprint: Buffer, key: KeyObject, base64: string): boolean {
  const signature = Buffer.from(base64, "base64");
  return signature.length === SIGNATURE_BYTES && verify(null, fingerprint, key, signature);
}

/** The references are a set, in the order of their names. */
function toFingerprint({ path, narHash, narSize, references }: PathInfo): Buffer {
  const sorted = [...new Set(references)].sort((a, b) => (a < b ? -1 : 1));
  return Buffer.from(["1", path, toBase32Hash(narHash), narSize ?? "", sorted.join(",")].join(";"));
}
