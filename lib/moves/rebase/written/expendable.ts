import { isInformational } from "../programs/informational.ts";

/** What is made anew when it is missing or old: caches, logs, state of a running system, locks. */
const MADE_ANEW =
  /^(?:tmp|run|var\/(?:tmp|run|lock|log|cache|backups|lib\/apt\/(?:lists|periodic|mirrors)|lib\/dpkg\/(?:lock[^/]*|triggers\/Lock|updates(?:\/.*)?)|lib\/systemd|lib\/(?:urandom|misc|ucf))|root\/\.(?:cache|npm|gnupg|wget-hsts)|home\/[^/]+\/\.cache|etc\/(?:machine-id|\.pwd\.lock|hostname|hosts|resolv\.conf|mtab))(?:\/|$)/;

/** Whether nothing depends on which side's copy of a path is there. */
export function isExpendable(path: string): boolean {
  return MADE_ANEW.test(path) || isInformational(path);
}

/** What the `generated` check compares with what it is made from. */
const GENERATED =
  /^(?:etc\/(?:ld\.so\.cache|alternatives\/[^/]+|ssl\/certs\/(?:ca-certificates\.crt|java\/cacerts)|pki\/ca-trust\/extracted\/.*)|usr\/lib\/locale\/locale-archive|boot\/initr.*|.*\.py[co]|usr\/share\/mime\/(?:mime\.cache|.*\.xml|globs2?|icons|generic-icons|magic|subclasses|treemagic|types|version|XMLnamespaces|aliases)|usr\/share\/applications\/mimeinfo\.cache|.*\/(?:gconv-modules\.cache|fonts\.cache[^/]*|icon-theme\.cache|loaders\.cache|giomodule\.cache|gschemas\.compiled))$/;

export function isGenerated(path: string): boolean {
  return GENERATED.test(path);
}
