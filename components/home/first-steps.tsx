import { Command } from "#components/ui/command.tsx";

const COMMANDS = [
  { what: "An image saved by Docker or Podman", command: "npm run -s stratigraph -- scan docker-archive:image.tar" },
  { what: "An OCI image layout", command: "npm run -s stratigraph -- scan oci:layout" },
  { what: "This machine's Nix or Guix store", command: "npm run -s stratigraph -- scan nix-store:" },
];

/** What to do while nothing is here. */
export function FirstSteps() {
  return (
    <div className="max-w-2xl">
      <h1 className="text-2xl font-medium tracking-tight">Nothing is scanned yet</h1>
      <p className="mt-2 text-dim">Scan an image or a store in a terminal, then reload this page.</p>
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
