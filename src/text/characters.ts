/** Characters by their names, for those that a person can't see or can't tell from others. Source: Unicode's names list. */

const NAMES: Readonly<Record<string, string>> = {
  "00A0": "NO-BREAK SPACE",
  "00AD": "SOFT HYPHEN",
  "034F": "COMBINING GRAPHEME JOINER",
  "061C": "ARABIC LETTER MARK",
  "115F": "HANGUL CHOSEONG FILLER",
  "1160": "HANGUL JUNGSEONG FILLER",
  "2002": "EN SPACE",
  "2003": "EM SPACE",
  "2007": "FIGURE SPACE",
  "2009": "THIN SPACE",
  "200A": "HAIR SPACE",
  "200B": "ZERO WIDTH SPACE",
  "200C": "ZERO WIDTH NON-JOINER",
  "200D": "ZERO WIDTH JOINER",
  "200E": "LEFT-TO-RIGHT MARK",
  "200F": "RIGHT-TO-LEFT MARK",
  "2010": "HYPHEN",
  "2011": "NON-BREAKING HYPHEN",
  "2012": "FIGURE DASH",
  "2013": "EN DASH",
  "2014": "EM DASH",
  "2028": "LINE SEPARATOR",
  "2029": "PARAGRAPH SEPARATOR",
  "202A": "LEFT-TO-RIGHT EMBEDDING",
  "202B": "RIGHT-TO-LEFT EMBEDDING",
  "202C": "POP DIRECTIONAL FORMATTING",
  "202D": "LEFT-TO-RIGHT OVERRIDE",
  "202E": "RIGHT-TO-LEFT OVERRIDE",
  "202F": "NARROW NO-BREAK SPACE",
  "2060": "WORD JOINER",
  "2066": "LEFT-TO-RIGHT ISOLATE",
  "2067": "RIGHT-TO-LEFT ISOLATE",
  "2068": "FIRST STRONG ISOLATE",
  "2069": "POP DIRECTIONAL ISOLATE",
  "2212": "MINUS SIGN",
  "2800": "BRAILLE PATTERN BLANK",
  "3000": "IDEOGRAPHIC SPACE",
  "3164": "HANGUL FILLER",
  FEFF: "ZERO WIDTH NO-BREAK SPACE",
  FF08: "FULLWIDTH LEFT PARENTHESIS",
  FF09: "FULLWIDTH RIGHT PARENTHESIS",
  FF0B: "FULLWIDTH PLUS SIGN",
  FF0D: "FULLWIDTH HYPHEN-MINUS",
  FFA0: "HALFWIDTH HANGUL FILLER",
};

/** The first character of a text as `U+00A0 NO-BREAK SPACE`, or as `U+1F600` where its name is not known here. */
export function nameCharacter(text: string): string {
  const hex = (text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const name = NAMES[hex];
  return `U+${hex}${name === undefined ? "" : ` ${name}`}`;
}
