import { expect, it } from "vitest";
import { tidyCreatedBy } from "./created-by.ts";

it.each([
  [
    "/bin/sh -c #(nop) ADD file:0eae0dca665c7044bf242cb1fc92cb8ea744f5af2dd376a558c90bc47349aefe in / ",
    "ADD file:0eae0dca665c7044bf242cb1fc92cb8ea744f5af2dd376a558c90bc47349aefe in /",
  ],
  ["/bin/sh -c apt-get update", "RUN apt-get update"],
  ["RUN /bin/sh -c apk add curl # buildkit", "RUN apk add curl"],
  ["COPY . /app # buildkit", "COPY . /app"],
  ["|1 VERSION=3 /bin/sh -c make", "RUN make"],
  ["", ""],
])("reads %j as %j", (raw, tidy) => expect(tidyCreatedBy(raw)).toBe(tidy));
