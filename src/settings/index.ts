export { misspeltKeys, parseConfig } from "./config";
export { settingsDoubts } from "./doubts";
export { NAMESPACE, ownSettings, parseSettings, type ParsedSettings } from "./parse";
export { settingsSchema, type Settings } from "./schema";
