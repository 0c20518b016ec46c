import { notFound } from "next/navigation";
import { diffAddress } from "#components/set/set-address.ts";
import { packedBytes } from "../../artifacts/packed-response.ts";

type Load = (left: string, right: string, query: URLSearchParams) => Promise<Uint8Array<ArrayBuffer>>;

/** A route that responds with typed arrays of two united graphs, packed for a browser: `?a=LEFT&b=RIGHT`. */
export function packedComparison(load: Load) {
  return async (request: Request): Promise<Response> => {
    const { searchParams } = new URL(request.url);
    const { a, b } = diffAddress.parse(searchParams);
    if (a === undefined || b === undefined) notFound();
    return packedBytes(load(a, b, searchParams));
  };
}
