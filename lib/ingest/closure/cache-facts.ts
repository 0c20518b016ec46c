import type { CacheFacts } from "#lib/model/cache-facts.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { SignatureCheck } from "#lib/model/signature.ts";
import { chooseNar } from "../store-files/choose-nar.ts";
import { MAX_LISTED_ITEMS } from "../store-files/limits.ts";
import type { ClosureItems } from "./build-closure.ts";

/** What the binary cache says of the items; `undefined` for other stores. */
export function toCacheFacts({ cached, keyNames = [] }: ClosureItems): CacheFacts | undefined {
  if (cached === undefined) return undefined;
  const rowOf = new Map<string, number>();
  const checks: SignatureCheck[] = [];
  const check = Int32Array.from(cached, ({ signature: { status, keyName } }) => {
    const key = `${status} ${keyName ?? ""}`;
    const row = rowOf.get(key) ?? checks.push(keyName === undefined ? { status } : { status, keyName }) - 1;
    rowOf.set(key, row);
    return row;
  });
  const fileSizes = Float64Array.from(cached, ({ files }) => chooseNar(files)?.fileSize ?? -1);
  return { fileSizes, keyNames, check, checks };
}

/** A warning for each path with a signature that its key does not verify: the first one by one, and the number of the others. */
export function listWrongSignatures(source: string, { paths, cached = [] }: ClosureItems): Problem[] {
  const wrong = [...cached.entries()].filter(([, { signature }]) => signature.wrongKeys.length > 0);
  const problems = wrong.slice(0, MAX_LISTED_ITEMS).map(([i, { signature }]) => {
    const message = `its signature by ${signature.wrongKeys.join(", ")} is wrong: the key that you trust does not verify it`;
    return toProblem(source, paths[i]!, message);
  });
  const unlisted = wrong.length - problems.length;
  return unlisted === 0
    ? problems
    : [...problems, toProblem(source, "", `${unlisted} more paths have wrong signatures`)];
}

function toProblem(source: string, path: string, message: string): Problem {
  return { code: "bad-signature", severity: "warning", source, path, message };
}
