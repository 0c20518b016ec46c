export { ACCOUNT_FILES, type Account, type AccountFile, mergeAccounts, parseAccounts } from "./accounts.ts";
