import { Bytes } from "#components/ui/bytes.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Cell, Heading, TableFrame } from "#components/ui/table.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { SavingsAnswer } from "#lib/model/answer.ts";

/** What each artifact adds for a host that has all the others, rung by rung; the bars of the whole table are on one scale. */
export function MarginalTable({
  answer: { marginal, rungs },
  names,
}: {
  answer: SavingsAnswer;
  names: readonly string[];
}) {
  const shown = rungs.map(({ rung }) => rung);
  const most = Math.max(1, ...marginal.flatMap(({ rungs: own }) => own.map(({ bytes }) => bytes)));
  return (
    <TableFrame label="What each adds to the others">
      <thead>
        <tr>
          <Heading>Artifact</Heading>
          {shown.map((rung) => (
            <Heading key={rung} align="right">
              <MeasureLabel name={rung}>{rung}</MeasureLabel>
            </Heading>
          ))}
        </tr>
      </thead>
      <tbody>
        {marginal.map(({ artifact, rungs: own }) => (
          <tr key={artifact} className="hover:bg-shade">
            <Cell className="max-w-40 min-w-28 truncate sm:max-w-64">
              <Visible text={names[artifact]!} />
            </Cell>
            {shown.map((rung) => {
              const bytes = own.find((each) => each.rung === rung)?.bytes ?? 0;
              return (
                <Cell key={rung} align="right" className="min-w-20">
                  <Bytes value={bytes} />
                  <span
                    aria-hidden
                    className="mt-0.5 ml-auto block h-0.5 bg-accent"
                    style={{ width: `${(100 * bytes) / most}%` }}
                  />
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
