"use client";

import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { formatDelivery } from "#lib/display/delivery-text.ts";
import { relativeTime } from "#lib/display/relative-time.ts";
import type { Deliveries, Delivery } from "#lib/model/delivery.ts";
import { ChangeButton } from "./change-button.tsx";
import { StateMark } from "./state-mark.tsx";
import { useNow } from "./use-now.ts";

/** What the webhook was told of stale images, and what it was not told: these have a row each. */
export function DeliveryList({ deliveries, now: first }: { deliveries: Deliveries; now: number }) {
  const now = useNow(first);
  const { doneCount, open, openCount } = deliveries;
  if (doneCount + openCount === 0) return null;
  return (
    <section aria-labelledby="webhook" className="mt-10">
      <h2 id="webhook" className="text-base font-medium tracking-tight">
        Webhook
      </h2>
      <p className="mt-1 mb-3 text-[0.8125rem] text-dim">
        {formatCounted(doneCount, "stale image")} announced in the last seven days
        {openCount === 0 ? "." : `, ${openCount} not yet.`}
      </p>
      {open.length === 0 ? null : (
        <ul aria-label="Stale images that the webhook was not told" className="border-t border-line text-[0.8125rem]">
          {open.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} now={now} />
          ))}
          {openCount > open.length ? (
            <li className="border-b border-line py-2 text-dim">{openCount - open.length} more</li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

function DeliveryRow({ delivery, now }: { delivery: Delivery; now: number }) {
  const { id, image, state, requestedAt } = delivery;
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 lg:grid-cols-[1rem_minmax(0,17rem)_minmax(0,1fr)_6rem_8rem] lg:gap-x-4">
      <StateMark state={state} />
      <span className="truncate font-medium">
        <Visible text={image} />
      </span>
      <span
        className={`col-span-2 col-start-2 row-start-2 wrap-anywhere lg:col-span-1 lg:col-start-3 lg:row-start-1 ${state === "failed" ? "text-warn" : "text-dim"}`}
      >
        <Visible text={formatDelivery(delivery, now)} />
      </span>
      <time
        dateTime={new Date(requestedAt).toISOString()}
        className="hidden text-right whitespace-nowrap text-dim lg:block"
      >
        {relativeTime(requestedAt, now)}
      </time>
      <span className="col-start-3 row-start-1 text-right lg:col-start-5">
        {state === "failed" ? <ChangeButton path={`/jobs/${id}/again`} label="Try again" of={image} /> : null}
      </span>
    </li>
  );
}
