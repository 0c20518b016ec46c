export * from "./ld-so-conf.ts";
