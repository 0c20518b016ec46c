import { readFile } from "node:fs/promises";
import { listConfiguredKeys, parseTrustedKey } from "#lib/formats/nix-signature/index.ts";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";

export interface TrustedKeyOptions {
  /** `NAME:BASE64`, as the user wrote them. */
  readonly keys: readonly string[];
  /** The path of a nix.conf with further keys. */
  readonly nixConf: string | undefined;
}

/**
 * The public keys whose signatures count, each once. Throws UsageError if one is none, UnreachableError if the file cannot be read.
 */
export async function loadTrustedKeys({ keys, nixConf }: TrustedKeyOptions): Promise<string[]> {
  const configured = nixConf === undefined ? [] : listConfiguredKeys(await readConf(nixConf));
  if (nixConf !== undefined && configured.length === 0)
    throw new UsageError(`${nixConf}: it has no trusted-public-keys`);
  const all = [...new Set([...keys, ...configured])];
  const wrong = all.find((key) => parseTrustedKey(key) === undefined);
  if (wrong === undefined) return all;
  throw new UsageError(
    `${wrong} is not a public key: expected NAME:BASE64, as nix key convert-secret-to-public prints it`,
  );
}

async function readConf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new UnreachableError(`${path}: cannot be read`, { cause });
  }
}
