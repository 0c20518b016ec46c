import { Bytes } from "#components/ui/bytes.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Cell, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { SavingsAnswer } from "#lib/model/answer.ts";

/** What each artifact adds for a host that has all the others, rung by rung; the bars of the whole table are on one scale. */
export function MarginalTable({ rungs, names }: Pick<SavingsAnswer, "rungs"> & { names: readonly string[] }) {
  const most = Math.max(1, ...rungs.flatMap(({ marginal }) => marginal));
  return (
    <TableFrame label="What each adds to the others">
      <thead>
        <tr>
          <Heading>Artifact</Heading>
          {rungs.map(({ rung }) => (
            <Heading key={rung} align="right">
              <MeasureLabel name={rung}>{rung}</MeasureLabel>
            </Heading>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name, artifact) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an artifact is its position, and names may repeat
          <tr key={artifact} className="hover:bg-shade">
            <Cell className="max-w-40 min-w-28 truncate sm:max-w-64">
              <Visible text={name} />
            </Cell>
            {rungs.map(({ rung, marginal }) => (
              <Cell key={rung} align="right" className="min-w-20">
                <Bytes value={marginal[artifact]!} />
                <span
                  aria-hidden
                  className="mt-0.5 ml-auto block h-0.5 bg-accent"
                  style={{ width: `${(100 * marginal[artifact]!) / most}%` }}
                />
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
