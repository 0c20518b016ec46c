import { isInformational } from "../programs/informational.ts";

/** What is made anew when it is missing or old: caches, logs, state of a running system, locks. */
const MADE_ANEW =
  /^(?:tmp|run|var\/(?:tmp|run|lock|log|cache|backups|lib\/apt\/(?:lists|periodic|mirrors)|lib\/pacman\/sync|lib\/dpkg\/(?:lock[^/]*|triggers\/Lock|updates(?:\/.*)?)|lib\/systemd|lib\/(?:urandom|misc|ucf))|root\/\.(?:cache|npm|gnupg|wget-hsts)|home\/[^/]+\/\.cache|etc\/(?:machine-id|\.pwd\.lock|hostname|hosts|resolv\.conf|mtab))(?:\/|$)/;

/** Whether nothing depends on which side's copy of a path is there. */
export function isExpendable(path: string): boolean {
  return MADE_ANEW.test(path) || isInformational(path);
}
