import { expect, it } from "vitest";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { file } from "#testing/planted/small-bases.ts";
import { readLayerSteps } from "./layer-steps.ts";

async function steps(createdBy: string) {
  const history = [{ created_by: "base" }, { created_by: createdBy }];
  const base = { layers: [[file("a", "")]] };
  return readLayerSteps(
    await buildRebaseSides({
      oldBase: base,
      newBase: base,
      image: { layers: [[file("b", "")]], document: { history } },
    }),
  );
}

it.each([
  ["COPY app.conf /etc/app.conf # buildkit", true],
  ["ADD file:6f0c in / ", true],
  ["/bin/sh -c #(nop) COPY file:1 in /etc/app.conf ", true],
  ["RUN /bin/sh -c sed -i s/a/b/ /etc/app.conf # buildkit", false],
  ["/bin/sh -c echo COPY", false],
])("%s copies: %s", async (step, expected) => {
  expect((await steps(step)).isCopied(1)).toBe(expected);
});

it.each([
  ["RUN /bin/sh -c rm -rf /usr/lib/plugins # buildkit", "usr/lib/plugins", true],
  ["RUN /bin/sh -c apt-get install x && rm -r /usr/lib/*", "usr/lib/plugins", true],
  ["RUN /bin/sh -c rm -rf /usr/lib/plug", "usr/lib/plugins", false],
  ["RUN /bin/sh -c ls /usr/lib/plugins", "usr/lib/plugins", false],
  ["RUN /bin/sh -c rm -rf /*", "usr/lib/plugins", false],
])("%s removes %s: %s", async (step, path, expected) => {
  expect((await steps(step)).removes(1, path)).toBe(expected);
});
