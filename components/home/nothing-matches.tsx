import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";

interface NothingMatchesProps {
  readonly text: string;
  readonly kind: "image" | "closure" | undefined;
}

/** Shown instead of the list when the filter matches nothing. */
export function NothingMatches({ text, kind }: NothingMatchesProps) {
  return (
    <p role="status" className="text-[0.8125rem] text-dim">
      No {kind ?? "artifact"} {text === "" ? "is here" : "has a name with "}
      {text === "" ? null : (
        <span className="font-medium text-ink">
          <Visible text={text} />
        </span>
      )}
      {text === "" ? "" : " in it"}.{" "}
      <Link href="/" className="text-link">
        Show all artifacts
      </Link>
    </p>
  );
}
