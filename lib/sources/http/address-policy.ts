import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** An address of this machine or its network, not of the public internet. */
export function isPrivateAddress(address: string): boolean {
  return ipaddr.process(address).range() !== "unicast";
}

/** An address of the wire this machine is on, where clouds serve their machines' secrets (169.254.169.254). */
export function isLinkLocalAddress(address: string): boolean {
  return ipaddr.process(address).range() === "linkLocal";
}

/** A host of this machine, by its name or address. */
export function isLoopback(url: URL): boolean {
  const address = literalAddress(url);
  if (address === undefined) return url.hostname === "localhost" || url.hostname.endsWith(".localhost");
  return isPrivateAddress(address) && (address === "::1" || address.startsWith("127."));
}

/** A host that a source may not be read from. */
export class ForbiddenAddressError extends Error {
  override readonly name = "ForbiddenAddressError";
  /** Without a code it would be tried again. */
  readonly code = "ERR_FORBIDDEN_ADDRESS";

  constructor(host: string, address: string) {
    super(host === address ? `${host} is a private address` : `${host} is at the private address ${address}`);
  }
}

/** Name lookups for sockets that refuse private addresses, or only link-local ones. */
export const lookupPublic = refuseAddresses(isPrivateAddress);
export const lookupNotLinkLocal = refuseAddresses(isLinkLocalAddress);

/** The socket connects to the address that was checked, so a name that changes its address between two lookups gains nothing. */
function refuseAddresses(isForbidden: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return callback(error, "");
      const hidden = addresses.find(({ address }) => isForbidden(address));
      if (hidden !== undefined) return callback(new ForbiddenAddressError(hostname, hidden.address), "");
      const [first] = addresses;
      if (options.all) return callback(null, addresses);
      callback(null, first!.address, first!.family);
    });
  };
}

/** The address in a URL's host, if it is one: sockets do not look it up. */
export function literalAddress({ hostname }: URL): string | undefined {
  const address = hostname.replace(/^\[|\]$/g, "");
  return isIP(address) === 0 ? undefined : address;
}
