import { Section } from "#components/ui/section.tsx";
import { exportPath } from "#lib/display/paths.ts";
import type { GraphFormat } from "#lib/model/graph-export.ts";

interface Offer {
  readonly label: string;
  readonly format: GraphFormat;
  readonly spec?: string;
  readonly use: string;
}

const OFFERS: readonly Offer[] = [
  { label: "CycloneDX 1.6", format: "cyclonedx", use: "SBOM for vulnerability scanners" },
  { label: "CycloneDX 1.7", format: "cyclonedx", spec: "1.7", use: "the same in the newer version" },
  { label: "SPDX 2.3", format: "spdx", use: "SBOM with the evidence for each relationship" },
  { label: "DOT", format: "dot", use: "for Graphviz" },
  { label: "GraphML", format: "graphml", use: "for Gephi, yEd, NetworkX" },
  { label: "CSV", format: "csv", use: "every edge with its evidence" },
];

/** The graph of an artifact as files for other tools. */
export function ExportLinks({ digest }: { digest: string }) {
  return (
    <Section id="export" title="Export" note="the whole graph, as a file for other tools">
      <ul className="flex flex-wrap gap-x-8 gap-y-2 text-[0.8125rem]">
        {OFFERS.map(({ label, format, spec, use }) => (
          <li key={label}>
            <a href={exportPath(digest, format, spec)} download className="text-link">
              {label}
            </a>{" "}
            <span className="text-dim">{use}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
