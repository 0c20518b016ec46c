import { RowLink } from "#components/ui/maybe-link.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import type { FocusPart, FocusPartName, FocusRest } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { chartHeight, HEIGHTS, isCharted } from "#lib/pictures/focus/place-focus.ts";
import type { GraphState } from "../graph-address.ts";
import { filterResets, listAddress } from "./focus-address.ts";
import { classWords, formatAmount } from "./focus-words.ts";

interface RestProps {
  readonly part: FocusPart;
  readonly name: FocusPartName;
  readonly state: GraphState;
  readonly unit: MeasureUnit;
  /** On a narrow screen, only the number of members without a row. */
  readonly brief: boolean;
  /** On a narrow screen, not even that. */
  readonly replaced: boolean;
}

/** The members of a part without a row: how many, how large, and ways to list them. */
export function FocusRestBlock({ part, name, state, unit, brief, replaced }: RestProps) {
  const { rest } = part;
  if (rest === undefined) return null;
  const charted = isCharted(part);
  return (
    <>
      <p
        className={`flex items-center justify-between gap-3 text-[0.8125rem] text-dim ${replaced ? "max-lg:hidden" : ""}`}
        style={{ height: HEIGHTS.more }}
      >
        <span className="min-w-0 truncate">
          <span className="font-medium text-ink">+{formatCount(rest.count)} more</span>{" "}
          {charted ? (
            <>by what each {unit === "bytes" ? "retains" : "keeps"}</>
          ) : (
            <>
              {name === "own" ? "deeper in; " : ""}the largest <Visible text={rest.largest} />
              {name === "own" && unit === "bytes" ? <>, {formatAmount(rest.selfSize, unit)} in all</> : null}
            </>
          )}
        </span>
        <RowLink href={listAddress(state, name)} className="text-link shrink-0" data-row={`${name}-all`}>
          List all
        </RowLink>
      </p>
      {charted ? (
        <div className={brief ? "max-lg:hidden" : undefined}>
          <Charted rest={rest} part={part} name={name} state={state} unit={unit} />
        </div>
      ) : null}
    </>
  );
}

function Charted({
  rest,
  part,
  name,
  state,
  unit,
}: Omit<RestProps, "brief" | "replaced"> & { readonly rest: FocusRest }) {
  return (
    <>
      <SizeColumns rest={rest} name={name} state={state} unit={unit} />
      {rest.alike.length === 0 ? null : (
        <p className="truncate text-[0.8125rem] leading-8 text-dim" style={{ height: HEIGHTS.alike }}>
          Most alike:{" "}
          {rest.alike.map(({ name: alike, count }, i) => (
            <span key={alike}>
              {i === 0 ? "" : " · "}
              <RowLink
                href={listAddress(state, name, { family: alike })}
                data-row={`${name}-name-${i}`}
                className="inline! text-ink"
              >
                <Visible text={alike} />
              </RowLink>{" "}
              ×{formatCount(count)}
            </span>
          ))}
        </p>
      )}
      <div className="flex items-center" style={{ height: HEIGHTS.filter }}>
        <SearchField
          parameter={name}
          label={`Filter ${formatCount(part.count)} names`}
          resets={filterResets(name)}
          className="w-full"
        />
      </div>
    </>
  );
}

const LABELS = 40;

/** One column for each class of sizes; a click lists its members. */
function SizeColumns({
  rest,
  name,
  state,
  unit,
}: Omit<RestProps, "part" | "brief" | "replaced"> & { readonly rest: FocusRest }) {
  const most = Math.max(...rest.classes.map(({ count }) => count));
  const room = chartHeight(name) - LABELS - 8;
  return (
    <ol aria-label="By size" className="grid grid-cols-6 gap-x-0.5" style={{ height: chartHeight(name) }}>
      {rest.classes.map((each, i) => {
        const words = classWords(each, unit);
        const height = each.count === 0 ? 0 : Math.max(2, Math.round((each.count / most) * room));
        const column = (
          <>
            <span className="text-2xs group-hover:text-accent">{formatCount(each.count)}</span>
            <span aria-hidden className="w-full bg-kept group-hover:bg-accent" style={{ height }} />
            <span className="w-full border-t border-line-strong pt-1 text-center text-2xs whitespace-nowrap text-dim">
              {words}
            </span>
          </>
        );
        const look = "group flex h-full w-full flex-col items-center justify-end";
        return (
          <li key={words} className="min-w-0">
            {each.count === 0 ? (
              <span className={look}>{column}</span>
            ) : (
              <RowLink
                href={listAddress(state, name, { class: i })}
                data-row={`${name}-class-${i}`}
                aria-current={state.list === name && state.class === i ? "true" : undefined}
                className={`${look} gap-0! aria-[current]:bg-wash`}
              >
                {column}
              </RowLink>
            )}
          </li>
        );
      })}
    </ol>
  );
}
