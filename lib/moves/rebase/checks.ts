import type { RebaseCheckName } from "#lib/model/rebase-answer.ts";
import { checkBase } from "./check-base.ts";
import { checkConfiguration } from "./check-configuration.ts";
import { checkGenerated } from "./check-generated.ts";
import { checkPackages } from "./check-packages.ts";
import { checkPrograms } from "./check-programs.ts";
import { checkRights } from "./check-rights.ts";
import { checkTypes } from "./check-types.ts";
import { checkUsers } from "./check-users.ts";
import { checkWritten } from "./check-written.ts";
import type { RebaseCheck } from "./sides.ts";

/** Every check but `base`, without which the others have nothing to look at. */
export const CHECKS: readonly (readonly [RebaseCheckName, RebaseCheck])[] = [
  ["types", checkTypes],
  ["written", checkWritten],
  ["programs", checkPrograms],
  ["packages", checkPackages],
  ["users", checkUsers],
  ["generated", checkGenerated],
  ["configuration", checkConfiguration],
  ["rights", checkRights],
];
export { checkBase };
