/** The roster room: files in YAML → who belongs in which group, or problems with their places. */

export { type Claim, collide, type StackRosters } from "./across";
export { clean } from "./clean";
export { CODES, type Code } from "./codes";
export { byPerson, compareRosters, type GroupChange, type PersonChange, type StackRules } from "./compare";
export { examine, type Examined, interpret, type InterpretOptions } from "./interpret";
export { markdown } from "./markdown";
export { maskNumbers, maskProblems } from "./masked";
export { isKind, jsonSchema, jsonSchemaText, KINDS } from "./json-schema";
export { type Claims, loadClaims, loadRosters, type LoadOptions, problemsAcross } from "./load";
export { countProblems, describeProblems, type Format, renderProblems, type RenderOptions } from "./render";
export { type ChangeFormat, type ChangeReport, countRemovals, renderChanges } from "./render-changes";
export type { Kind } from "./shape";
export { type Entry, isHidden, isYaml, SHARED_FILES, type SharedFile, sizeLimit, type Tree } from "./tree";
export type * from "./types";
