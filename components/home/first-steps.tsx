import { Command } from "#components/ui/command.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { ChangesView } from "#lib/views/changes.ts";
import { FollowScans } from "./follow-scans.tsx";

const COMMANDS = [
  { what: "An image saved by Docker or Podman", command: "./stratigraph scan docker-archive:image.tar" },
  { what: "An OCI image layout", command: "./stratigraph scan oci:layout" },
  { what: "This machine's Nix or Guix store", command: "./stratigraph scan nix-store:" },
];

/** What to do while nothing is here, or what is on its way. The page follows: what is scanned shows by itself. */
export function FirstSteps({ changes: { stamp, scanning } }: { changes: ChangesView }) {
  return (
    <div className="max-w-2xl">
      <FollowScans stamp={stamp} />
      {scanning === undefined ? (
        <>
          <h1 className="text-2xl font-medium tracking-tight">Nothing is scanned yet</h1>
          <p className="mt-2 text-dim">Scan an image or a store in a terminal. It shows here as soon as it is done.</p>
        </>
      ) : (
        <Scanning scanning={scanning} />
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

function Scanning({ scanning: { name, index, count } }: { scanning: NonNullable<ChangesView["scanning"]> }) {
  return (
    <div role="status">
      <h1 className="text-2xl font-medium tracking-tight">
        Scanning <Visible text={name} />
        {count > 1 ? `, ${index + 1} of ${count}` : ""}
      </h1>
      <p className="mt-2 text-dim">It shows here as soon as it is done. More can be scanned beside it:</p>
    </div>
  );
}
