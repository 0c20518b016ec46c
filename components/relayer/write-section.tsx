import { Command } from "#components/ui/command.tsx";
import { Section } from "#components/ui/section.tsx";
import { shellWord } from "#lib/model/shell-word.ts";
import type { RelayerView } from "#lib/views/relayer.ts";

interface WriteSectionProps {
  readonly view: RelayerView;
  /** The most that an image may have. */
  readonly layers: number;
}

/** The commands that write the images. This page writes nothing. */
export function WriteSection({ view: { sources, goal }, layers }: WriteSectionProps) {
  return (
    <Section id="write" title="Write it">
      <div className="space-y-2">
        {listCommands(sources, goal, layers).map((command) => (
          <Command key={command} text={command} />
        ))}
      </div>
      <p className="mt-2 text-xs text-dim">
        This page writes nothing. The same inputs give the same digests
        {goal === "update" ? ", and each plan is written beside its image, for the next version." : "."}
      </p>
    </Section>
  );
}

/** Of a set one command; of versions the first one's, and the one that continues its plan. */
function listCommands(sources: readonly string[], goal: RelayerView["goal"], layers: number): string[] {
  const format = (of: readonly string[], last: string, output: string) =>
    ["./stratigraph relayer", ...of.map(shellWord), `--max-layers ${layers} ${last}`, `-o oci:${output}`].join(
      " \\\n  ",
    );
  if (goal === "set") return [format(sources, "--goal set", "relayered")];
  const [first, next] = sources;
  return [
    format([first!], "--goal update", "version-1"),
    ...(next === undefined ? [] : [format([next], "--previous version-1.plan.json", "version-2")]),
  ];
}
