import type { Cams } from "./cams";
import type { Files } from "./files";
import { FATES } from "./post";
import type { Edit, PostEdit } from "./story";

const KINDS: Readonly<Record<PostEdit["kind"], true>> = {
  ...{ consent: true, invite: true, link: true, status: true, template: true, official: true, days: true },
  ...{ fate: true, follow: true },
};

export const isOfPost = (edit: Edit): edit is PostEdit => edit.kind in KINDS;

const DAY_MS = 24 * 60 * 60 * 1_000;

export function applyToPost(edit: PostEdit, files: Pick<Files, "consent" | "rosters">, cams: Cams): void {
  const { post } = cams;
  switch (edit.kind) {
    case "consent":
      if (edit.is) files.consent.add(edit.number);
      else files.consent.delete(edit.number);
      break;
    case "invite": {
      const roster = files.rosters.get(edit.group);
      if (roster !== undefined) roster.invite = edit.is;
      break;
    }
    case "link":
      if (edit.is === "new") post.renew(edit.group);
      else post.links.delete(edit.group);
      break;
    case "status":
      post.statuses.set(edit.group, edit.is);
      break;
    case "template":
      post.template = edit.is;
      break;
    case "official":
      post.official = edit.is;
      break;
    case "days":
      cams.now += edit.count * DAY_MS;
      break;
    case "fate":
    case "follow": {
      const message = post.messages.findLast(({ to }) => to === edit.number);
      if (message === undefined) break;
      if (edit.kind === "follow") {
        const there = cams.groups.get(message.group)?.there;
        if (post.links.get(message.group) === message.link && (there?.size ?? 8) < 8) there?.add(edit.number);
      } else if (edit.is === "delivered" || edit.is === "read") {
        if (message.state !== "failed") message.state = edit.is;
      } else {
        message.state = "failed";
        message.why = FATES[edit.is].why;
      }
    }
  }
}
