import { expect, it } from "vitest";
import { shortImageName } from "./image-name.ts";

it.each([
  ["docker.io/library/nginx:latest", "nginx"],
  ["nginx", "nginx"],
  ["localhost:5000/team/api:1.2", "team/api:1.2"],
  ["localhost/api", "api"],
  ["ghcr.io/acme/api:latest", "acme/api"],
  ["acme/api:latest", "acme/api"],
  ["/nix/store/abc-hello", "/nix/store/abc-hello"],
])("says %s as %s", (name, short) => expect(shortImageName(name)).toBe(short));
