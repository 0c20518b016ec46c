import { notFound } from "next/navigation";
import { filesAddress, toFileFilter } from "#components/files/files-address.ts";
import { decodeSegment } from "#components/ui/search-params.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadFileRows } from "#lib/views/image-files.ts";
import { jsonResponse } from "../../../../json-response.ts";
import { orUnavailable } from "../../../../or-unavailable.ts";
import { named } from "../../../named.ts";

interface Context {
  readonly params: Promise<{ id: string }>;
}

/** A page of an image's files, from `row` on: `GET /artifacts/ID/files/rows?row=1200&sort=path`. */
export const GET = orUnavailable(async (request: Request, { params }: Context): Promise<Response> => {
  const filter = toFileFilter(filesAddress.parse(new URL(request.url).searchParams));
  const list = await named(loadFileRows(decodeSegment((await params).id), filter));
  if (list instanceof UsageError) notFound();
  return jsonResponse(list);
});
