export { type CondaRecord, condenseCondaRecord, parseCondaRecord, toCondaName } from "./conda-record.ts";
