/** A number as people are compared and sent by, and as CAMS lists it: country code first, digits only, no plus. */
export type Digits = string;
