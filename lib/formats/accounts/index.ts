export { type Account, type AccountFile, mergeAccounts, parseAccounts } from "./accounts.ts";
