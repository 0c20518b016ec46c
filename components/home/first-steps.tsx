import { FollowScans } from "#components/shell/follow-scans.tsx";
import { Command } from "#components/ui/command.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { ChangesView } from "#lib/views/changes.ts";

const COMMANDS = [
  {
    what: "An image in a registry, or all tags of a repository with :*",
    command: "./stratigraph scan docker://debian:trixie",
  },
  { what: "All images of this machine's Docker or Podman", command: "./stratigraph scan docker-daemon:" },
  { what: "An image saved by Docker or Podman", command: "./stratigraph scan docker-archive:image.tar" },
  { what: "An OCI image layout", command: "./stratigraph scan oci:layout" },
  { what: "This machine's Nix or Guix store", command: "./stratigraph scan nix-store:" },
];

/** The first commands for an empty database, or the scan under way. The page shows new artifacts by itself. */
export function FirstSteps({ changes: { stamp, scanning } }: { changes: ChangesView }) {
  return (
    <div className="max-w-2xl">
      <FollowScans stamp={stamp} />
      {scanning === undefined ? (
        <>
          <h1 className="text-2xl font-medium tracking-tight">Nothing scanned yet</h1>
          <p className="mt-2 text-dim">Scan an image or a store in a terminal. It appears here when the scan ends.</p>
        </>
      ) : (
        <div role="status">
          <h1 className="text-2xl font-medium tracking-tight">
            <Scanning scanning={scanning} />
          </h1>
          <p className="mt-2 text-dim">It appears here when the scan ends. You can scan more at the same time:</p>
        </div>
      )}
      <dl className="mt-8 space-y-5">
        {COMMANDS.map(({ what, command }) => (
          <div key={command}>
            <dt className="mb-1.5 text-[0.8125rem]">{what}</dt>
            <dd>
              <Command text={command} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The name of the scan under way, and its place among all that were asked for. */
export function Scanning({ scanning: { source, image } }: { scanning: NonNullable<ChangesView["scanning"]> }) {
  return (
    <>
      Scanning <Visible text={image?.name ?? source} />
      {image !== undefined && image.count > 1 ? `, ${image.index + 1} of ${image.count}` : ""}
    </>
  );
}
