export { parseSettings, settingsOf, type ParsedSettings } from "./parse";
export { settingsSchema, type Settings } from "./schema";
