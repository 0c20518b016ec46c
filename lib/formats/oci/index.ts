export * from "./base-mentions.ts";
export * from "./chain-id.ts";
export * from "./layer-types.ts";
export * from "./manifest.ts";
export * from "./media-types.ts";
export * from "./platform.ts";
