/**
 * WhatsApp's limit of participants in a group, and the most that one delete may name (Meta, "Remove group
 * participants"; https://www.alibabacloud.com/help/en/chatapp).
 */
export const GROUP_SIZE = 8;

/** Most characters of a group's texts (https://developers.facebook.com/docs/whatsapp/cloud-api/groups). */
export const MOST_CHARACTERS = { subject: 128, description: 2048 } as const;
