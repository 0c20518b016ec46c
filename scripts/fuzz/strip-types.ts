import type { LoadHookSync } from "node:module";
import { stripTypeScriptTypes } from "node:module";

/**
 * A loader hook (node:module, "Customization Hooks") that strips the types before the next hook sees the source: the
 * fuzzer's own hook instruments JavaScript only, and Node strips types after all hooks have run. Lines and columns stay.
 */
export async function load(
  url: string,
  context: Parameters<LoadHookSync>[1],
  nextLoad: (...args: Parameters<Parameters<LoadHookSync>[2]>) => Promise<ReturnType<LoadHookSync>>,
): Promise<ReturnType<LoadHookSync>> {
  const loaded = await nextLoad(url, context);
  if (loaded.format !== "module-typescript" || loaded.source == null) return loaded;
  return { ...loaded, format: "module", source: stripTypeScriptTypes(toText(loaded.source)) };
}

function toText(source: string | ArrayBuffer | NodeJS.TypedArray): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source);
}
