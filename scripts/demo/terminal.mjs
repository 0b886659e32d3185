/** What the demo shows: texts, commands with what they say, and edits. A part of it can be kept for a picture. */
import { styleText } from "node:util";

export const colour = process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {"bold" | "cyan" | "green" | "red"} style @param {string} text */
const paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);

export class Terminal {
  /** @type {string[]} */
  #film = [];
  #filming = false;

  /** @param {string} text */
  say(text) {
    process.stdout.write(`${text}\n`);
  }

  /** @param {string} text */
  title(text) {
    this.say(`\n${paint("bold", text)}\n`);
  }

  /** A command as it is typed. @param {string} text */
  command(text) {
    this.#write(`${paint("cyan", `$ ${text}`)}\n`);
  }

  /** A line that a command says. @param {string} line */
  output(line) {
    this.#write(`  ${line}\n`);
  }

  /** Which lines of a file went and came. @param {string} file @param {string} before @param {string} after */
  edited(file, before, after) {
    const [old, now] = [before.split("\n"), after.split("\n")];
    this.say(`${before === "" ? "write" : "edit"} ${file}`);
    for (const line of old.filter((one) => !now.includes(one))) this.say(paint("red", `  - ${line}`));
    for (const line of now.filter((one) => !old.includes(one))) this.say(paint("green", `  + ${line}`));
  }

  /** From here to `cut`, commands and what they say are kept for the picture. */
  film() {
    this.#filming = true;
  }

  cut() {
    this.#filming = false;
  }

  /** The lines that were kept. */
  filmed() {
    return this.#film.join("").split("\n");
  }

  /** @param {string} text */
  #write(text) {
    process.stdout.write(text);
    if (this.#filming) this.#film.push(text);
  }
}
