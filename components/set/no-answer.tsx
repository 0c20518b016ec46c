import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";

interface NoAnswerProps {
  readonly title: string;
  /** Below the title of a page: default: the title of the page itself. */
  readonly isPart?: boolean;
  /** The reason, in one line. */
  readonly message: string;
  /** The questions that have an answer. */
  readonly offers: readonly { readonly label: string; readonly href: string }[];
  /** The words before them. */
  readonly lead?: string;
}

/** In place of an answer that would need what is not known of an artifact. */
export function NoAnswer({
  title,
  isPart = false,
  message,
  offers,
  lead = "What is known of their layers:",
}: NoAnswerProps) {
  return (
    <div role="note" className="max-w-3xl">
      {isPart ? (
        <h2 className="text-base font-medium tracking-tight">{title}</h2>
      ) : (
        <h1 className="text-2xl font-medium tracking-tight">{title}</h1>
      )}
      <p className="mt-2 text-[0.8125rem] break-words">
        <Visible text={toSentence(message)} />
      </p>
      {offers.length === 0 ? null : <Offers offers={offers} lead={lead} />}
    </div>
  );
}

function Offers({ offers, lead }: Required<Pick<NoAnswerProps, "offers" | "lead">>) {
  return (
    <p className="mt-2 text-[0.8125rem] text-dim">
      {lead}{" "}
      {offers.map(({ label, href }, i) => (
        <span key={label}>
          {i > 0 ? ", " : null}
          <Link href={href} className="text-link">
            {label}
          </Link>
        </span>
      ))}
    </p>
  );
}

/** With a capital, unless it begins with the name of an artifact. */
function toSentence(message: string): string {
  return /^(an?|the|no) /.test(message) ? `${message.slice(0, 1).toUpperCase()}${message.slice(1)}` : message;
}
