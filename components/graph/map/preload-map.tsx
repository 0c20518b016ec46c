import type { MapUrls } from "./load-map.ts";
import { WIDE_WINDOW } from "./window-shape.ts";

/** Starts loading before the page's scripts run. The same requests as `useLoadedMap`. */
export function PreloadMap({ wide, tall, nodes }: MapUrls) {
  const loaded = { rel: "preload", as: "fetch", crossOrigin: "anonymous" } as const;
  return (
    <>
      <link {...loaded} href={wide} media={WIDE_WINDOW} />
      <link {...loaded} href={tall} media={`not all and ${WIDE_WINDOW}`} />
      <link {...loaded} href={nodes} />
    </>
  );
}
