import { NextResponse } from "next/server";
import { decodeSegment } from "#components/ui/search-params.ts";
import { forgetSet } from "#lib/views/named-sets.ts";
import { orUnavailable } from "../../../or-unavailable.ts";
import { isSameOrigin, toOwnUrl } from "../../../own-forms.ts";

/** Deletes a named set. */
export const POST = orUnavailable(
  async (request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> => {
    if (!isSameOrigin(request)) return new Response("cross-site form refused\n", { status: 403 });
    if (!(await forgetSet(decodeSegment((await params).name)))) return new Response("no such set\n", { status: 404 });
    return NextResponse.redirect(toOwnUrl(request, "/compare"), 303);
  },
);
