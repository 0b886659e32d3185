import { styleText } from "node:util";

/** What `styleText` takes: a colour, a weight, or several of them. */
export type Style = Parameters<typeof styleText>[0];

/** A text in a style where `colour` is wanted. The caller knows whether the stream accepts colours. */
export const paint = (text: string, style: Style, colour: boolean): string =>
  colour ? styleText(style, text, { validateStream: false }) : text;
