import { parameter } from "#lib/display/address.ts";
import { UsageError } from "#lib/model/problem.ts";

/** Layers of an image: as many as a manifest may have. */
const MAX_POSITION = 999;
const position = parameter.integer(0, MAX_POSITION);

/** The file that a query names; `side`: the parameter with its artifact. */
export function parseFileQuery(params: URLSearchParams, side: string) {
  const [text, path] = [params.get(side), params.get("path")];
  if (text === null || path === null) throw new UsageError(`expected ${side}= and path=`);
  return { text, path, layer: position.read(params.getAll("layer")) };
}
