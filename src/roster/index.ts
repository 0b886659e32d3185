/** The roster room: files in YAML → who belongs in which group, or problems with their places. */

export { type Claim, collide, type StackRosters } from "./check/across";
export type { StackSettings } from "./check/settings";
export { CODES, type Code } from "./words/codes";
export { byPerson, compareRosters, type GroupChange, type PersonChange, type StackRules } from "./resolve/compare";
export { examine, type Examined, interpret, type InterpretOptions } from "./interpret";
export { peopleOf } from "./people";
export { maskProblems } from "./words/masked";
export { isKind, jsonSchema, jsonSchemaText, KINDS } from "./check/json-schema";
export { type Claims, loadClaims, loadRosters, type LoadOptions, problemsAcross, problemsWithSettings } from "./load";
export { countProblems, describeProblems, type Format, renderProblems, type RenderOptions } from "./words/problems";
export { type ChangeFormat, type ChangeReport, countRemovals, renderChanges } from "./words/changes";
export type { Kind } from "./check/shape";
export {
  type Entry,
  isHidden,
  isShared,
  isYaml,
  SHARED_FILES,
  type SharedFile,
  sizeLimit,
  type Tree,
} from "./yaml/tree";
export { identityOf } from "./types";
export type * from "./types";
