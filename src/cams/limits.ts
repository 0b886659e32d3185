/**
 * WhatsApp's limit of participants in a group, and the most that one delete may name (Meta, "Remove group
 * participants"; https://www.alibabacloud.com/help/en/chatapp).
 */
export const GROUP_SIZE = 8;
