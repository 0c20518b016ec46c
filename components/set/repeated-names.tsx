import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { diffPath, overlapPath, type RepeatedSide } from "./set-address.ts";

/** A URL with one side of a difference more than once, and a link to the likely comparison. */
export function RepeatedNames({ parameter, times, names }: RepeatedSide) {
  const [left = "", right = ""] = names;
  return (
    <p role="alert" className="mb-7 border-l-2 border-warn pl-3 text-[0.8125rem]">
      This address gives {parameter}= {times === 2 ? "twice" : `${times} times`}. A difference has one a= and one b=.{" "}
      {names.length < 2 ? null : (
        <Link href={names.length === 2 ? diffPath(left, right) : overlapPath(names)} className="text-link">
          {names.length === 2 ? (
            <>
              Compare <Visible text={left} /> with <Visible text={right} />
            </>
          ) : (
            `Compare all ${names.length}`
          )}
        </Link>
      )}
    </p>
  );
}
