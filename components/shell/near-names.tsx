"use client";

import Link from "next/link";
import { useParams, usePathname } from "next/navigation";
import { decodeSegment } from "#components/ui/search-params.ts";
import { useFound } from "#components/ui/use-found.ts";
import { Visible } from "#components/ui/visible.tsx";
import { namedArtifactPath, withQuery } from "#lib/display/paths.ts";
import type { NearNames as Near } from "#lib/views/search.ts";

const NONE: Near = { of: "artifact", names: [] };

/** What the URL asked for, and links to what has a similar name, as the command line suggests it. */
export function NearNames() {
  const pathname = usePathname();
  const { id, node, name } = useParams<{ id?: string; node?: string; name?: string }>();
  const artifact = decodeSegment(id ?? name ?? "");
  const component = node === undefined ? undefined : decodeSegment(node);
  const asked = component ?? (artifact || decodeSegment(pathname));
  const { found } = useFound<Near>(withQuery("/search/near", { component }), artifact, NONE);
  return (
    <>
      <p className="break-words text-ink">
        Asked for:{" "}
        <code className="font-mono">
          <Visible text={asked} />
        </code>
        {component === undefined ? null : (
          <>
            {" in "}
            <Visible text={artifact} />
          </>
        )}
      </p>
      {found.names.length === 0 ? null : (
        <nav aria-label="Similar names">
          <p>Did you mean:</p>
          <ul className="mt-1">
            {found.names.map((near) => (
              <li key={near}>
                <Link
                  href={found.of === "component" ? namedArtifactPath(artifact, near) : namedArtifactPath(near)}
                  className="text-link break-all"
                >
                  <Visible text={near} />
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  );
}
