"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { postForm } from "#components/ui/post-form.ts";
import { labelText } from "#lib/display/shown-text.ts";

interface ChangeButtonProps {
  /** The route that makes the change. */
  readonly path: string;
  readonly label: string;
  /** What is changed, for readers of the button alone. */
  readonly of: string;
}

/** A form of one button. The page stays; without scripts the form leads to the list of jobs. */
export function ChangeButton({ path, label, of }: ChangeButtonProps) {
  const router = useRouter();
  const [isSent, setSent] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSent(true);
    await postForm(event.currentTarget);
    router.refresh();
    setSent(false);
  };
  return (
    <form method="post" action={path} onSubmit={send}>
      <button type="submit" disabled={isSent} aria-label={labelText(`${label} ${of}`)} className="text-link">
        {label}
      </button>
    </form>
  );
}
