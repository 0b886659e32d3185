import { parseSeed, SeedError, stateOf, worldOf } from "../../src/emulator/seed";

const problemsOf = (text: string): string[] => {
  try {
    parseSeed(text, "seed.yaml");
  } catch (error) {
    if (error instanceof SeedError) return error.message.split("\n");
    throw error;
  }
  return [];
};

describe("a seed", () => {
  it("needs little", () => {
    const world = parseSeed(
      'businessNumbers: {"8613800000000": {custSpaceId: cams-8c8e, groups: [{groupId: EA1}]}}',
      "",
    );
    expect(stateOf(world)).toEqual({
      businessNumbers: {
        "8613800000000": {
          custSpaceId: "cams-8c8e",
          official: true,
          tier: "TIER_1K",
          quality: "GREEN",
          status: "CONNECTED",
          templates: [],
          messages: [],
          groups: [
            {
              groupId: "EA1",
              subject: "",
              description: "",
              status: "ACTIVE",
              inviteLink: expect.stringMatching(/^https:\/\/chat\.whatsapp\.com\//) as string,
              profilePictureFile: null,
              participants: [],
              removed: [],
              leaving: [],
              modified: 0,
            },
          ],
        },
      },
      serial: 0,
    });
  });

  it("can be the state of another emulator", () => {
    const state = stateOf(
      worldOf({
        businessNumbers: {
          "8613800000000": {
            custSpaceId: "cams-8c8e",
            groups: [
              {
                groupId: "EA1",
                status: "CREATING",
                settling: { to: "ACTIVE", reads: 2 },
                inviteLink: null,
                participants: ["628110000001", "", "US.1349"],
                removed: ["628110000002"],
                leaving: [{ number: "628110000002", reads: null }],
              },
              {
                groupId: "EA2",
                status: "CREATING",
                settling: { to: "ACTIVE", reads: null },
                listedAs: { row: null, reads: 3 },
              },
              {
                groupId: "EA3",
                subject: "new",
                inviteLink: null,
                listedAs: {
                  row: {
                    subject: "old",
                    description: "",
                    inviteLink: "https://chat.whatsapp.com/x",
                    profilePictureFile: null,
                    modified: 0,
                  },
                  reads: null,
                },
              },
            ],
          },
        },
        serial: 7,
      }),
    );
    expect(stateOf(worldOf(JSON.parse(JSON.stringify(state))))).toEqual(state);
  });

  it("tells all that is wrong with it at once, and where", () => {
    const text = `
businessNumbers:
  "+8613800000000": {custSpaceId: cams-8c8e}
  "8613800000000":
    groups:
      - groupId: EA1
        participants: [628110000001, "+62 811", "628110000002", "628110000002"]
      - groupId: EA2
        status: OPEN
        members: []
        participants: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
`;
    const [head, ...problems] = problemsOf(text);
    expect(head).toBe(`seed.yaml: ${problems.length} problems`);
    expect(problems.join("\n")).toMatchInlineSnapshot(`
      "  businessNumbers.+8613800000000: must be digits with the country code, without plus
        businessNumbers.8613800000000.custSpaceId: is missing
        businessNumbers.8613800000000.groups[0].participants[0]: must be a quoted string
        businessNumbers.8613800000000.groups[0].participants[1]: must be digits with the country code (no plus), a user id such as US.1349, or "" for a row without a number
        businessNumbers.8613800000000.groups[1].status: Invalid option: expected one of "ACTIVE"|"INACTIVE"|"SUSPENDED"|"CREATING"|"DELETING"|"UPDATING"
        businessNumbers.8613800000000.groups[1].participants: has more than the 8 that WhatsApp allows
        businessNumbers.8613800000000.groups[1]: Unrecognized key: "members""
    `);
  });

  it("tells of groups that are there twice, and of participants who are barred", () => {
    const text = `
businessNumbers:
  "8613800000000":
    custSpaceId: a
    groups: [{groupId: EA1}, {groupId: EA1, participants: ["628110000001"], removed: ["628110000001"]}]
`;
    expect(problemsOf(text)).toEqual([
      "seed.yaml: 2 problems",
      "  businessNumbers.8613800000000.groups[1].groupId: is the groupId of another group too",
      "  businessNumbers.8613800000000.groups[1].removed: names a participant of the group",
    ]);
  });

  it("must be YAML", () => {
    expect(problemsOf("a: [")[0]).toBe("seed.yaml: 1 problem");
    expect(problemsOf("")).toEqual(["seed.yaml: 1 problem", "  : Invalid input: expected object, received null"]);
  });
});
