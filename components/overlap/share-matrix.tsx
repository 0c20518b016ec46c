import type { CSSProperties } from "react";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatExactBytes, formatShare } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { OverlapAnswer } from "#lib/model/answer.ts";

interface ShareMatrixProps {
  readonly matrix: OverlapAnswer["matrix"];
  readonly names: readonly string[];
  /** The link of a pair. */
  readonly pairHref?: (left: number, right: number) => string;
}

/** Percentage of the accent colour in a cell with all bytes in common: its text stays readable. */
const DARKEST = 42;
/** Maximum number of columns with upright names. */
const MAX_UPRIGHT = 10;

/** What each pair shares: bytes above the diagonal, the Jaccard index below it, each artifact's total on it. Shaded by the index. */
export function ShareMatrix({ matrix, names, pairHref }: ShareMatrixProps) {
  const upright = names.length <= MAX_UPRIGHT;
  return (
    <>
      <ScrollBox label="Shared by pairs">
        <table className="data-table share-matrix">
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 z-10 bg-ground">
                <span className="sr-only">Artifact</span>
              </th>
              {names.map((name) => (
                <th key={name} scope="col" className="min-w-19 px-1 pb-1.5 align-bottom text-xs font-normal text-dim">
                  <span
                    className={
                      upright ? "line-clamp-2 break-words" : "inline-block max-h-24 truncate [writing-mode:sideways-lr]"
                    }
                    data-tip={labelText(name)}
                  >
                    <Visible text={name} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.map((row, i) => (
              <tr key={names[i]}>
                <th
                  scope="row"
                  className="sticky left-0 z-10 max-w-28 truncate bg-ground pr-3 text-left font-normal sm:max-w-44"
                  data-tip={labelText(names[i]!)}
                >
                  <Visible text={names[i]!} />
                </th>
                {row.map((cell, j) => (
                  <MatrixCell key={names[j]} cell={cell} i={i} j={j} names={names} href={pairHref?.(i, j)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="mt-2 text-xs text-dim">
        Above the diagonal: <MeasureLabel name="sharedBytes">shared bytes</MeasureLabel>. Below it, and as shading: the{" "}
        <MeasureLabel name="jaccard" />. On it: each artifact's total.
      </p>
    </>
  );
}

interface MatrixCellProps {
  readonly cell: OverlapAnswer["matrix"][number][number];
  readonly i: number;
  readonly j: number;
  readonly names: readonly string[];
  readonly href: string | undefined;
}

/** The page has a thousand of these: their looks are in `.share-matrix`, and one text is both tooltip and label. */
function MatrixCell({ cell: { bytes, jaccard }, i, j, names, href }: MatrixCellProps) {
  if (i === j) {
    return (
      <td className="total" data-tip={formatExactBytes(bytes)}>
        {formatBytes(bytes)}
      </td>
    );
  }
  const [size, share] = [formatBytes(bytes), formatShare(jaccard, 1)];
  const pair = `${labelText(names[i]!)} and ${labelText(names[j]!)}`;
  const tip = `${pair} share ${size} (${formatExactBytes(bytes)}), ${share} of both`;
  const shade = { "--share": `${Math.round(DARKEST * jaccard)}%` } as CSSProperties;
  return (
    <td
      className={bytes === 0 ? "nothing" : undefined}
      style={shade}
      data-tip={i < j && href !== undefined ? undefined : tip}
    >
      {i > j ? share : href === undefined ? size : <PairLink href={href} label={tip} text={size} />}
    </td>
  );
}

function PairLink({ href, label, text }: { href: string; label: string; text: string }) {
  return (
    <a href={href} aria-label={label} data-tip="">
      {text}
    </a>
  );
}
