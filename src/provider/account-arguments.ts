/** The arguments that every resource has: which group, of which account. */
import { z } from "zod";

/** Digits as CAMS lists people and business numbers. */
export const NUMBER = /^\d{5,15}$/;

export const groupId = z.string("it has to be a CAMS GroupId").regex(/^\S+$/, "it has to be a CAMS GroupId");

export const account = {
  businessNumber: z
    .string("it has to be quoted digits")
    .regex(NUMBER, 'it has to be digits with country code, such as "8613800000000"'),
  custSpaceId: z
    .string("it has to be a CAMS CustSpaceId")
    .regex(/^\S+$/, "it has to be a CAMS CustSpaceId, such as cams-8c8e"),
};
