import { notFound } from "next/navigation";
import { decodeSegment } from "#components/ui/search-params.ts";
import { NotKnownError, UsageError } from "#lib/model/problem.ts";
import { named } from "./named.ts";

type Load = (text: string, request: Request) => Promise<Uint8Array<ArrayBuffer>>;

/** A route that responds with an artifact's typed arrays, packed for a browser. */
export function packedResponse(load: Load) {
  return async (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    return packedBytes(load(decodeSegment((await params).id), request));
  };
}

/** The response with what is loaded. */
export async function packedBytes(loading: Promise<Uint8Array<ArrayBuffer>>): Promise<Response> {
  const packed = await named(loading);
  if (packed instanceof NotKnownError) return new Response(`${packed.message}\n`, { status: 409 });
  if (packed instanceof UsageError) notFound();
  return new Response(packed, {
    headers: { "Content-Type": "application/octet-stream", "Cache-Control": "no-store" },
  });
}
