import { UNKNOWN, type Bag } from "./shapes";

/** Whether a preview does not know an argument yet, or a part of one, such as a protected number. */
export function hasUnknown(news: Bag): boolean {
  return JSON.stringify(news).includes(UNKNOWN);
}
